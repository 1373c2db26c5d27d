import { describe, expect, it } from "vitest";
import type { Candidate } from "../../../src/core/candidate.ts";
import type { Evidence, Judged, Verdict } from "../../../src/core/evidence.ts";
import { merge } from "../../../src/core/gates/merge.ts";
import { defaultPolicy } from "../../../src/core/policy.ts";
import { judgedNumber, rangeAt, someJudged, someRule } from "../../fakes/judged.ts";

const verdictsOf = (standing: readonly Judged[]): readonly Verdict[] =>
  merge.judgeAll(standing, { policy: defaultPolicy });
const actionsOf = (standing: readonly Judged[]): readonly string[] => verdictsOf(standing).map(({ action }) => action);

const first = someJudged();
const second = (candidate: Partial<Candidate>, evidence: Partial<Evidence> = {}): Judged =>
  someJudged({ candidate: { id: "c2", ...candidate }, evidence: { fingerprint: "f2", ...evidence } });

const sameWords = {
  title: "Check the sign of the amount",
  body: "Nothing checks that the amount is positive, so a negative one reaches the bank as a refund.",
};
const otherWords = {
  title: "Await the transfer",
  body: "The promise of the transfer is dropped, therefore a failure goes unnoticed and the audit log lies.",
  trigger: "the gateway times out; the caller sees success",
};

describe("gate merge", () => {
  it.each([
    {
      title: "one fingerprint and words in common",
      other: second(sameWords, { fingerprint: "f1" }),
      actions: ["keep", "drop"],
    },
    { title: "one place, one kind and similar words", other: second(sameWords), actions: ["keep", "drop"] },
    {
      title: "overlapping places, and another category of the same kind",
      other: second({ ...sameWords, category: "data_loss" }, { quote: { found: "in_place", range: rangeAt(11, 13) } }),
      actions: ["keep", "drop"],
    },
    {
      title: "one fingerprint and nothing in common",
      other: second(otherWords, { fingerprint: "f1" }),
      actions: ["keep", "keep"],
    },
    { title: "one place and other words", other: second(otherWords), actions: ["keep", "keep"] },
    {
      title: "another kind of defect",
      other: second({ ...sameWords, category: "security" }),
      actions: ["keep", "keep"],
    },
    {
      title: "another place",
      other: second(sameWords, { quote: { found: "in_place", range: rangeAt(30) } }),
      actions: ["keep", "keep"],
    },
    {
      title: "another file",
      other: second({ ...sameWords, path: "src/other.ts" }, { fingerprint: "f1" }),
      actions: ["keep", "keep"],
    },
  ])("says $actions to $title", ({ other, actions }) => {
    expect(actionsOf([first, other])).toEqual(actions);
  });

  it.each([
    {
      title: "that can stand on a line",
      worse: someJudged({ standing: "summary" }),
      better: second({ severity: "P2" }, { fingerprint: "f1" }),
    },
    {
      title: "that a rule proves",
      worse: first,
      better: second({ severity: "P2", origin: someRule, category: "correctness" }, { fingerprint: "f1" }),
    },
    {
      title: "that is more severe",
      worse: first,
      better: second({ severity: "P0", confidence: 0.1 }, { fingerprint: "f1" }),
    },
    { title: "with more confidence", worse: first, better: second({ confidence: 0.9 }, { fingerprint: "f1" }) },
  ])("keeps the one $title, whatever the order", ({ worse, better }) => {
    expect(actionsOf([worse, better])).toEqual(["drop", "keep"]);
    expect(actionsOf([better, worse])).toEqual(["keep", "drop"]);
  });

  it("names in the one that stays where else the same stands", () => {
    const copy = second({}, { fingerprint: "f1", quote: { found: "in_place", range: rangeAt(40) } });
    const [kept] = verdictsOf([first, copy]);
    expect(kept).toMatchObject({
      action: "keep",
      amend: { body: `${first.candidate.body}\n\nThe same stands on line 40.` },
    });
  });

  it("does not chain: what resembles only a dropped one stays", () => {
    const far = second(otherWords, { quote: { found: "in_place", range: rangeAt(12) } });
    expect(actionsOf([first, second(sameWords), far])).toEqual(["keep", "drop", "keep"]);
  });

  it("keeps a thousand different ones of a file", () => {
    const many = Array.from({ length: 1000 }, (_, index) => judgedNumber(index + 1));
    expect(new Set(actionsOf(many))).toEqual(new Set(["keep"]));
  });
});
