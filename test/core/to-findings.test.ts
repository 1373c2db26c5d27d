import { describe, expect, it } from "vitest";
import type { Verdict } from "../../src/core/evidence.ts";
import { toFindings } from "../../src/core/to-findings.ts";
import { judgedNumber, someJudged, someRule } from "../fakes/judged.ts";

const unconfirmed: Verdict = { gate: "refute", action: "demote", reason: "not sure", label: "unconfirmed" };
const outside: Verdict = { gate: "anchor", action: "demote", reason: "no hunk", label: "outside the diff" };

const demoted = (number: number, severity: "P0" | "P1" | "P3", verdict: Verdict) => ({
  ...judgedNumber(number, { candidate: { severity } }),
  standing: "summary" as const,
  verdicts: [verdict],
});

describe("toFindings", () => {
  it("leaves out what was dropped", () => {
    expect(toFindings([someJudged({ standing: "dropped" })])).toEqual([]);
  });

  it("orders lines first, then the unconfirmed by severity, then the rest of the summary", () => {
    const findings = toFindings([
      demoted(1, "P0", outside),
      demoted(2, "P3", unconfirmed),
      demoted(3, "P1", unconfirmed),
      judgedNumber(4, { candidate: { severity: "P2" } }),
      judgedNumber(5, { candidate: { severity: "P1" } }),
    ]);
    expect(findings.map(({ candidate }) => candidate.id)).toEqual(["c5", "c4", "c3", "c2", "c1"]);
  });

  it.each([
    {
      title: "the first demotion",
      verdicts: [outside, { ...outside, label: "over the cap" as const }],
      label: "outside the diff",
    },
    { title: "that it is unconfirmed, whatever else it is", verdicts: [outside, unconfirmed], label: "unconfirmed" },
  ])("labels a finding with $title", ({ verdicts, label }) => {
    expect(toFindings([someJudged({ standing: "summary", verdicts })])[0]).toMatchObject({ label });
  });

  it.each([
    { title: "a second reader", judged: someJudged(), proof: "confirmed by a second reader" },
    {
      title: "a rule",
      judged: someJudged({ candidate: { origin: someRule } }),
      proof: "rule no-self-assign of oxlint",
    },
    { title: "nobody", judged: someJudged({ standing: "summary", verdicts: [unconfirmed] }), proof: null },
  ])("says that it was proven by $title", ({ judged, proof }) => {
    expect(toFindings([judged])[0]).toMatchObject({ proof });
  });
});
