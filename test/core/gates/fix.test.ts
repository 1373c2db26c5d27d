import { describe, expect, it } from "vitest";
import type { FixEvidence } from "../../../src/core/evidence.ts";
import { fix } from "../../../src/core/gates/fix.ts";
import { defaultPolicy } from "../../../src/core/policy.ts";
import { someCandidate, someJudged } from "../../fakes/judged.ts";

const context = { policy: defaultPolicy };
const fits: FixEvidence = { state: "fits", parsed: true };

describe("gate fix", () => {
  it.each([
    { title: "no replacement", replacement: null, evidence: null },
    { title: "a replacement that fits", replacement: "  return send(Math.abs(amount));", evidence: fits },
    { title: "a replacement with an emoji", replacement: '  return "⚠️";', evidence: fits },
  ])("leaves a claim with $title as it is", ({ replacement, evidence }) => {
    const verdict = fix.judge(someJudged({ candidate: { replacement }, evidence: { fix: evidence } }), context);
    expect(verdict).toMatchObject({ gate: "fix", action: "keep" });
    expect(verdict).not.toHaveProperty("amend");
  });

  it.each<{ title: string; replacement: string; evidence: FixEvidence | null; reason: string }>([
    {
      title: "that does not fit",
      replacement: "x",
      evidence: { state: "broken", reason: "the file no longer parses" },
      reason: "the file no longer parses",
    },
    { title: "that nobody tried", replacement: "x", evidence: null, reason: "it was not tried" },
    {
      title: "with a secret",
      replacement: `const key = "ghp_${"a1B2".repeat(9)}";`,
      evidence: fits,
      reason: "it holds what looks like a secret",
    },
    {
      title: "with a marker",
      replacement: "<!-- codex-review run=x fp=y -->",
      evidence: fits,
      reason: "it holds a marker of this reviewer",
    },
    {
      title: "with a bidirectional mark",
      replacement: "if (a\u202E) {",
      evidence: fits,
      reason: "it holds characters that cannot be seen",
    },
  ])("keeps the finding and removes a replacement $title", ({ replacement, evidence, reason }) => {
    expect(fix.judge(someJudged({ candidate: { replacement }, evidence: { fix: evidence } }), context)).toEqual({
      gate: "fix",
      action: "keep",
      reason: `suggestion removed: ${reason}`,
      amend: someCandidate({ replacement: null }),
    });
  });
});
