import { describe, expect, it } from "vitest";
import type { Severity } from "../../../src/core/candidate.ts";
import type { Judged } from "../../../src/core/evidence.ts";
import { rank } from "../../../src/core/gates/rank.ts";
import { defaultPolicy } from "../../../src/core/policy.ts";
import { confirmed, judgedNumber, someRule } from "../../fakes/judged.ts";

const withCap = (max_comments: number) => ({
  policy: { ...defaultPolicy, review: { ...defaultPolicy.review, max_comments } },
});

const many = (count: number, severity: Severity, from = 1): readonly Judged[] =>
  Array.from({ length: count }, (_, index) => judgedNumber(from + index, { candidate: { severity } }));

const keptOnLines = (standing: readonly Judged[], cap: number): readonly string[] =>
  rank.judgeAll(standing, withCap(cap)).flatMap((verdict, index) => {
    const judged = standing[index];
    return verdict.action === "keep" && judged?.standing === "line" ? [judged.candidate.id] : [];
  });

describe("gate rank", () => {
  it.each([
    { title: "fewer than the cap", p0: 0, p1: 3, cap: 5, kept: 3 },
    { title: "more than the cap", p0: 0, p1: 9, cap: 5, kept: 5 },
    { title: "P0 besides the cap", p0: 4, p1: 9, cap: 5, kept: 9 },
    { title: "no more than thirty in all", p0: 28, p1: 9, cap: 5, kept: 30 },
    { title: "no more than thirty P0", p0: 40, p1: 2, cap: 5, kept: 30 },
    { title: "P0 alone where the cap is nothing", p0: 2, p1: 2, cap: 0, kept: 2 },
    { title: "a thousand", p0: 0, p1: 1000, cap: 30, kept: 30 },
  ])("keeps on lines: $title", ({ p0, p1, cap, kept }) => {
    expect(keptOnLines([...many(p1, "P1"), ...many(p0, "P0", 2000)], cap)).toHaveLength(kept);
  });

  it("demotes what is over the cap with that label", () => {
    expect(rank.judgeAll(many(2, "P1"), withCap(1))[1]).toEqual({
      gate: "rank",
      action: "demote",
      label: "over the cap",
      reason: "number 2, over the cap of 1",
    });
  });

  it("keeps in the summary what the cap moved there in an earlier review of this head, but for a P0", () => {
    const all = [
      judgedNumber(1, { candidate: { severity: "P1" } }),
      judgedNumber(2, { candidate: { severity: "P2" } }),
      judgedNumber(3, { candidate: { severity: "P0" } }),
    ];
    const verdicts = rank.judgeAll(all, { ...withCap(1), overCapBefore: new Set(["f1", "f3"]) });
    expect(verdicts).toMatchObject([
      { action: "demote", label: "over the cap", reason: expect.stringContaining("earlier review of this commit") },
      { action: "keep" },
      { action: "keep" },
    ]);
  });

  it.each([
    {
      title: "the more severe",
      worse: { candidate: { severity: "P2" as const, confidence: 1 } },
      better: { candidate: { severity: "P1" as const } },
    },
    {
      title: "the confirmed before a rule's",
      worse: { candidate: { origin: someRule, confidence: 1 } },
      better: { evidence: { verifier: confirmed } },
    },
    {
      title: "the more confident",
      worse: { candidate: { confidence: 0.2 } },
      better: { candidate: { confidence: 0.3 } },
    },
    { title: "the one higher up among equals", worse: { candidate: { line: 90 } }, better: {} },
  ])("prefers $title", ({ worse, better }) => {
    expect(keptOnLines([judgedNumber(1, worse), judgedNumber(2, better)], 1)).toEqual(["c2"]);
  });

  it("counts nothing that stands in the summary already", () => {
    const inSummary: Judged = { ...judgedNumber(1, { candidate: { severity: "P0" } }), standing: "summary" };
    expect(keptOnLines([inSummary, judgedNumber(2)], 1)).toEqual(["c2"]);
  });
});
