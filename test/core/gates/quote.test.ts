import { describe, expect, it } from "vitest";
import { quote } from "../../../src/core/gates/quote.ts";
import { defaultPolicy } from "../../../src/core/policy.ts";
import { rangeAt, someCandidate, someJudged } from "../../fakes/judged.ts";

const context = { policy: defaultPolicy };

describe("gate quote", () => {
  it("keeps code that stands where the finder says, with the lines that the program found", () => {
    const judged = someJudged({
      candidate: { startLine: null, line: null },
      evidence: { quote: { found: "in_place", range: rangeAt(12, 13) } },
    });
    expect(quote.judge(judged, context)).toEqual({
      gate: "quote",
      action: "keep",
      reason: "the quoted code stands there",
      amend: someCandidate({ startLine: 12, line: 13 }),
    });
  });

  it("moves a claim to where its code stands, and says so", () => {
    const judged = someJudged({ candidate: { line: 40 }, evidence: { quote: { found: "moved", range: rangeAt(12) } } });
    expect(quote.judge(judged, context)).toEqual({
      gate: "quote",
      action: "keep",
      reason: "the quoted code stands on line 12, moved there",
      amend: someCandidate({ startLine: 12, line: 12 }),
    });
  });

  it.each([
    { evidence: { found: "nowhere", nearest: [] } as const, reason: "the quoted code is not in the file" },
    { evidence: { found: "no_file" } as const, reason: "there is no such text file" },
  ])("demotes a claim as unconfirmed and takes its suggestion when $reason", ({ evidence, reason }) => {
    const judged = someJudged({ candidate: { replacement: "throw 1;" }, evidence: { quote: evidence } });
    expect(quote.judge(judged, context)).toEqual({
      gate: "quote",
      action: "demote",
      label: "unconfirmed",
      reason,
      amend: someCandidate({ replacement: null }),
    });
  });
});
