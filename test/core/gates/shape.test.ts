import { describe, expect, it } from "vitest";
import { shape, shapeCandidate } from "../../../src/core/gates/shape.ts";
import { defaultPolicy } from "../../../src/core/policy.ts";
import { someCandidate, someJudged, someRule } from "../../fakes/judged.ts";

describe("shapeCandidate", () => {
  it("reads a candidate that matches the schema", () => {
    expect(shapeCandidate(someCandidate())).toEqual({ candidate: someCandidate() });
  });

  it.each([
    { title: "no object", raw: "a finding", names: "expected object" },
    { title: "an unknown severity", raw: { ...someCandidate(), severity: "critical" }, names: "at severity" },
    { title: "a blank title", raw: { ...someCandidate(), title: "  " }, names: "at title" },
    { title: "a line that is none", raw: { ...someCandidate(), line: 0 }, names: "at line" },
    { title: "a key that it does not know", raw: { ...someCandidate(), url: "x" }, names: "url" },
  ])("drops $title and names the place", ({ raw, names }) => {
    const shaped = shapeCandidate(raw);
    expect("dropped" in shaped && shaped.dropped).toContain(names);
  });
});

describe("gate shape", () => {
  it.each([
    { title: "the agent's claim with a trigger", candidate: {}, action: "keep" },
    { title: "a rule's claim without a trigger", candidate: { origin: someRule, trigger: null }, action: "keep" },
    {
      title: "a written rule that is named",
      candidate: { category: "rule" as const, rule: { path: "AGENTS.md", line: 3 } },
      action: "keep",
    },
    { title: "the agent's claim without a trigger", candidate: { trigger: null }, action: "drop" },
    { title: "the agent's claim with a blank trigger", candidate: { trigger: " \n" }, action: "drop" },
    { title: "a written rule that is not named", candidate: { category: "rule" as const }, action: "drop" },
  ])("$action: $title", ({ candidate, action }) => {
    expect(shape.judge(someJudged({ candidate }), { policy: defaultPolicy })).toMatchObject({ gate: "shape", action });
  });
});
