import { describe, expect, it } from "vitest";
import { applyGates, firstPass, secondPass } from "../../src/core/apply-gates.ts";
import type { CandidateGate, SetGate } from "../../src/core/evidence.ts";
import { defaultPolicy } from "../../src/core/policy.ts";
import { confirmed, judgedNumber, someCandidate, someJudged } from "../fakes/judged.ts";

const context = { policy: defaultPolicy };

const dropFirst: CandidateGate = {
  name: "shape",
  judge: ({ candidate }) => ({ gate: "shape", action: candidate.id === "c1" ? "drop" : "keep", reason: "by id" }),
};
const demoteAll: CandidateGate = {
  name: "anchor",
  judge: ({ candidate }) => ({
    gate: "anchor",
    action: "demote",
    reason: "all",
    label: "outside the diff",
    amend: { ...candidate, replacement: null },
  }),
};
const countPeers: SetGate = {
  name: "merge",
  judgeAll: (standing) => standing.map(() => ({ gate: "merge", action: "keep", reason: `one of ${standing.length}` })),
};

describe("applyGates", () => {
  it("keeps a dropped candidate in its place, out of the sight of later gates", () => {
    const [first, second] = applyGates([dropFirst, countPeers], [judgedNumber(1), judgedNumber(2)], context);
    expect(first).toMatchObject({ standing: "dropped", verdicts: [{ gate: "shape", action: "drop" }] });
    expect(second).toMatchObject({
      standing: "line",
      verdicts: [{ gate: "shape" }, { gate: "merge", reason: "one of 1" }],
    });
  });

  it("lets a demoted candidate go on as the gate amended it, with the amendment in the trace", () => {
    const [judged] = applyGates([demoteAll, countPeers], [someJudged({ candidate: { replacement: "x" } })], context);
    expect(judged).toMatchObject({ standing: "summary", candidate: { replacement: null } });
    expect(judged?.verdicts[0]).toMatchObject({ action: "demote", amend: someCandidate({ replacement: null }) });
  });

  it("holds both passes in the order of the filter", () => {
    expect([...firstPass, ...secondPass].map(({ name }) => name)).toEqual([
      "shape",
      "quote",
      "anchor",
      "scope",
      "facts",
      "policy",
      "merge",
      "said",
      "refute",
      "fix",
      "rank",
    ]);
  });

  it("takes a good candidate through both passes onto its line", () => {
    const once = applyGates(firstPass, [someJudged()], context);
    const verified = once.map((judged) => ({ ...judged, evidence: { ...judged.evidence, verifier: confirmed } }));
    const [judged] = applyGates(secondPass, verified, context);
    expect(judged?.standing).toBe("line");
    expect(judged?.verdicts.map(({ action }) => action)).toEqual(Array.from({ length: 11 }, () => "keep"));
  });
});
