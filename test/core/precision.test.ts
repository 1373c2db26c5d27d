import { describe, expect, it } from "vitest";
import { defaultPolicy, policySchema } from "../../src/core/policy.ts";
import { precisionOf } from "../../src/core/precision.ts";

const settingsOf = (review: object) => precisionOf(policySchema.parse({ review }));

describe("precisionOf", () => {
  it.each([
    { precision: "strict", agent: "P1", rule: "P2", cap: 3 },
    { precision: "balanced", agent: "P2", rule: "P2", cap: 5 },
    { precision: "thorough", agent: "P3", rule: "P3", cap: 10 },
  ])("moves thresholds and cap together: $precision", ({ precision, agent, rule, cap }) => {
    expect(settingsOf({ precision })).toMatchObject({ minSeverity: { agent, rule }, maxComments: cap });
  });

  it("is balanced where the policy says nothing", () => {
    expect(precisionOf(defaultPolicy)).toEqual(settingsOf({ precision: "balanced" }));
  });

  it.each(["strict", "balanced", "thorough"])("gives way to what the policy sets by itself: %s", (precision) => {
    const settings = settingsOf({ precision, min_severity: "P0", max_comments: 0 });
    expect(settings).toEqual({
      ...settingsOf({ precision }),
      minSeverity: { agent: "P0", rule: "P0" },
      maxComments: 0,
    });
  });

  it("lets the cap be set without the threshold", () => {
    expect(settingsOf({ precision: "strict", max_comments: 8 })).toMatchObject({
      minSeverity: { agent: "P1" },
      maxComments: 8,
    });
  });
});
