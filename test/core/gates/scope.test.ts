import { describe, expect, it } from "vitest";
import { scope } from "../../../src/core/gates/scope.ts";
import { defaultPolicy } from "../../../src/core/policy.ts";
import { rangeAt, someJudged, someRule } from "../../fakes/judged.ts";

const inPlace = (startLine: number, endLine = startLine, side: "LEFT" | "RIGHT" = "RIGHT") => ({
  quote: { found: "in_place" as const, range: rangeAt(startLine, endLine, { side }) },
});

describe("gate scope", () => {
  it.each([
    { title: "an added line", evidence: inPlace(12), candidate: {}, action: "keep" },
    { title: "a range that touches an added line", evidence: inPlace(10, 12), candidate: {}, action: "keep" },
    {
      title: "a missing test on an added line",
      evidence: inPlace(12),
      candidate: { category: "test" as const },
      action: "keep",
    },
    {
      title: "a removed line",
      evidence: inPlace(12, 12, "LEFT"),
      candidate: { side: "LEFT" as const },
      action: "keep",
    },
    { title: "how old code next to the change behaves", evidence: inPlace(11), candidate: {}, action: "keep" },
    { title: "how old code elsewhere behaves now", evidence: inPlace(200), candidate: {}, action: "keep" },
    {
      title: "how code of an unchanged file behaves now",
      evidence: { ...inPlace(3), file: null },
      candidate: {},
      action: "keep",
    },
    {
      title: "code that was not found",
      evidence: { quote: { found: "nowhere" as const, nearest: [] } },
      candidate: {},
      action: "keep",
    },
    {
      title: "a missing test for old code",
      evidence: inPlace(11),
      candidate: { category: "test" as const },
      action: "drop",
    },
    {
      title: "a written rule that old code breaks",
      evidence: inPlace(11),
      candidate: { category: "rule" as const },
      action: "drop",
    },
    { title: "old code without a trigger", evidence: inPlace(11), candidate: { trigger: null }, action: "drop" },
    {
      title: "a deterministic rule on old code",
      evidence: inPlace(11),
      candidate: { origin: someRule },
      action: "drop",
    },
    {
      title: "old code on the left",
      evidence: inPlace(10, 10, "LEFT"),
      candidate: { category: "test" as const },
      action: "drop",
    },
  ])("$action: $title", ({ evidence, candidate, action }) => {
    expect(scope.judge(someJudged({ evidence, candidate }), { policy: defaultPolicy })).toMatchObject({
      gate: "scope",
      action,
    });
  });
});
