import { describe, expect, it } from "vitest";
import type { Category, Severity } from "../../../src/core/candidate.ts";
import { policy } from "../../../src/core/gates/policy.ts";
import { defaultPolicy, type ReviewPolicy } from "../../../src/core/policy.ts";
import { someJudged, someRule } from "../../fakes/judged.ts";

const withPrecision = (precision: ReviewPolicy["review"]["precision"]): ReviewPolicy => ({
  ...defaultPolicy,
  review: { ...defaultPolicy.review, precision },
});

describe("gate policy", () => {
  it.each([
    { title: "the agent's claim about an ignored path", origin: { kind: "agent" as const }, action: "drop" },
    { title: "a secret in an ignored path", origin: { ...someRule, analyzer: "secretlint" }, action: "keep" },
  ])("$action: $title", ({ origin, action }) => {
    const judged = someJudged({ candidate: { origin }, evidence: { ignoredBy: "**/dist/**" } });
    expect(policy.judge(judged, { policy: defaultPolicy })).toMatchObject({ gate: "policy", action });
  });

  it.each<{ severity: Severity; minSeverity: Severity; action: string }>([
    { severity: "P0", minSeverity: "P0", action: "keep" },
    { severity: "P2", minSeverity: "P2", action: "keep" },
    { severity: "P3", minSeverity: "P2", action: "demote" },
    { severity: "P2", minSeverity: "P1", action: "demote" },
  ])("$action: $severity where $minSeverity is the least", ({ severity, minSeverity, action }) => {
    const verdict = policy.judge(someJudged({ candidate: { severity }, evidence: { minSeverity } }), {
      policy: defaultPolicy,
    });
    expect(verdict).toMatchObject({ action, ...(action === "demote" ? { label: "below the threshold" } : {}) });
  });

  it.each<{
    precision: "strict" | "balanced" | "thorough";
    category: Category;
    severity: Severity;
    confidence?: number;
    action: string;
  }>([
    { precision: "strict", category: "test", severity: "P1", action: "demote" },
    { precision: "strict", category: "test", severity: "P0", action: "keep" },
    { precision: "strict", category: "correctness", severity: "P1", action: "keep" },
    { precision: "balanced", category: "test", severity: "P2", action: "keep" },
    { precision: "balanced", category: "test", severity: "P3", action: "demote" },
    { precision: "balanced", category: "performance", severity: "P2", action: "keep" },
    { precision: "balanced", category: "performance", severity: "P2", confidence: 0.5, action: "demote" },
    { precision: "balanced", category: "performance", severity: "P1", confidence: 0.5, action: "keep" },
    { precision: "balanced", category: "concurrency", severity: "P2", confidence: 0.5, action: "demote" },
    { precision: "balanced", category: "correctness", severity: "P2", confidence: 0.1, action: "keep" },
    { precision: "balanced", category: "security", severity: "P2", confidence: 0.1, action: "keep" },
    { precision: "thorough", category: "test", severity: "P2", action: "keep" },
    { precision: "thorough", category: "performance", severity: "P2", confidence: 0.1, action: "keep" },
  ])(
    "$action: $severity of $category at confidence $confidence where precision is $precision",
    ({ precision, category, severity, confidence = 0.8, action }) => {
      const judged = someJudged({ candidate: { category, severity, confidence } });
      expect(policy.judge(judged, { policy: withPrecision(precision) })).toMatchObject({ action });
    },
  );

  it("holds a deterministic rule to the path's threshold alone", () => {
    const judged = someJudged({ candidate: { category: "test", severity: "P2", confidence: 0.1, origin: someRule } });
    expect(policy.judge(judged, { policy: withPrecision("strict") })).toMatchObject({ action: "keep" });
  });
});
