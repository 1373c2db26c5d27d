import { describe, expect, it } from "vitest";
import { refute } from "../../../src/core/gates/refute.ts";
import { defaultPolicy } from "../../../src/core/policy.ts";
import type { Category, Severity } from "../../../src/core/candidate.ts";
import type { ReviewPolicy } from "../../../src/core/policy.ts";
import type { Judgement, VerifierEvidence } from "../../../src/core/verifier-evidence.ts";
import { confirmed, someJudged, someRule } from "../../fakes/judged.ts";

const context = { policy: defaultPolicy };
const missing = { path: "src/bank.ts", quote: "checkSign()", found: false };

describe("gate refute", () => {
  it.each<{ title: string; verifier: VerifierEvidence | null; action: string }>([
    { title: "confirmed with quotes that were found", verifier: confirmed, action: "keep" },
    { title: "confirmed without a quote", verifier: { ...confirmed, quotes: [] }, action: "demote" },
    {
      title: "confirmed with code that does not exist",
      verifier: { ...confirmed, quotes: [...confirmed.quotes, missing] },
      action: "demote",
    },
    {
      title: "refuted",
      verifier: { ...confirmed, verdict: "refuted", reason: "checked by the caller", quotes: [] },
      action: "drop",
    },
    {
      title: "unsure",
      verifier: { ...confirmed, verdict: "unsure", reason: "depends on the bank", quotes: [] },
      action: "demote",
    },
    {
      title: "not verified because the model was down",
      verifier: { verdict: "not_verified", reason: "503" },
      action: "demote",
    },
    { title: "never read a second time", verifier: null, action: "demote" },
  ])("$action: $title", ({ verifier, action }) => {
    const verdict = refute.judge(someJudged({ evidence: { verifier } }), context);
    expect(verdict).toMatchObject({ gate: "refute", action, ...(action === "demote" ? { label: "unconfirmed" } : {}) });
  });

  it.each<{
    grades: Partial<Pick<Judgement, "introduced" | "worthFixing">>;
    severity: Severity;
    category?: Category;
    precision?: ReviewPolicy["review"]["precision"];
    action: string;
    label?: string;
  }>([
    { grades: { worthFixing: "minor" }, severity: "P2", action: "keep" },
    { grades: { worthFixing: "minor" }, severity: "P2", precision: "strict", action: "demote" },
    { grades: { worthFixing: "minor" }, severity: "P3", action: "demote", label: "below the threshold" },
    { grades: { worthFixing: "minor" }, severity: "P1", action: "keep" },
    { grades: { worthFixing: "minor" }, severity: "P1", precision: "strict", action: "demote" },
    { grades: { worthFixing: "minor" }, severity: "P0", precision: "strict", action: "keep" },
    { grades: { worthFixing: "minor" }, severity: "P2", precision: "thorough", action: "keep" },
    { grades: { worthFixing: "no" }, severity: "P2", action: "drop" },
    { grades: { worthFixing: "no" }, severity: "P2", precision: "thorough", action: "drop" },
    { grades: { worthFixing: "no" }, severity: "P1", action: "demote", label: "below the threshold" },
    { grades: { worthFixing: "no" }, severity: "P0", action: "demote", label: "below the threshold" },
    { grades: { worthFixing: "no" }, severity: "P2", category: "security", action: "demote" },
    { grades: { introduced: false }, severity: "P2", action: "drop" },
    { grades: { introduced: false }, severity: "P1", action: "drop" },
    { grades: { introduced: false }, severity: "P0", action: "demote", label: "unconfirmed" },
    { grades: { introduced: false }, severity: "P1", category: "security", action: "demote", label: "unconfirmed" },
  ])(
    "$action: a confirmed $severity with $grades, $category where precision is $precision",
    ({ grades, severity, category = "correctness", precision = "balanced", action, label }) => {
      const policy = { ...defaultPolicy, review: { ...defaultPolicy.review, precision } };
      const judged = someJudged({
        candidate: { severity, category },
        evidence: { verifier: { ...confirmed, ...grades } },
      });
      expect(refute.judge(judged, { policy })).toMatchObject({ action, ...(label === undefined ? {} : { label }) });
    },
  );

  it.each<{ verdict: Judgement["verdict"]; action: string }>([
    { verdict: "confirmed", action: "keep" },
    { verdict: "refuted", action: "drop" },
    { verdict: "unsure", action: "demote" },
  ])("takes the further reader's word and tells both: $verdict", ({ verdict, action }) => {
    const earlier: Judgement = { ...confirmed, verdict: "unsure", reason: "the bank's code is not here" };
    const judged = someJudged({ evidence: { verifier: { ...confirmed, verdict, reason: "traced it", earlier } } });
    const said = refute.judge(judged, context);
    expect(said.action).toBe(action);
    expect(said.reason).toContain("traced it (an earlier reader was unsure: the bank's code is not here)");
  });

  it("passes what a deterministic rule claims, and names the rule", () => {
    expect(refute.judge(someJudged({ candidate: { origin: someRule } }), context)).toEqual({
      gate: "refute",
      action: "keep",
      reason: "by rule no-self-assign of oxlint",
    });
  });
});
