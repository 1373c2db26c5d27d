import { describe, expect, it } from "vitest";
import type { VerifierEvidence } from "../../../src/core/evidence.ts";
import { refute } from "../../../src/core/gates/refute.ts";
import { defaultPolicy } from "../../../src/core/policy.ts";
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
    { title: "refuted", verifier: { verdict: "refuted", reason: "checked by the caller", quotes: [] }, action: "drop" },
    { title: "unsure", verifier: { verdict: "unsure", reason: "depends on the bank", quotes: [] }, action: "demote" },
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

  it("passes what a deterministic rule claims, and names the rule", () => {
    expect(refute.judge(someJudged({ candidate: { origin: someRule } }), context)).toEqual({
      gate: "refute",
      action: "keep",
      reason: "by rule no-self-assign of oxlint",
    });
  });
});
