import { describe, expect, it } from "vitest";
import { anchor } from "../../../src/core/gates/anchor.ts";
import { defaultPolicy } from "../../../src/core/policy.ts";
import { someFile, someJudged } from "../../fakes/judged.ts";

const context = { policy: defaultPolicy };

describe("gate anchor", () => {
  it("keeps what stands on a line that takes comments", () => {
    expect(anchor.judge(someJudged(), context)).toMatchObject({ action: "keep" });
  });

  it.each([
    {
      title: "lines out of the diff",
      file: someFile,
      reason: "the quoted lines are outside the diff",
      label: "outside the diff",
    },
    {
      title: "a file out of the change",
      file: null,
      reason: "the file is not part of this change",
      label: "outside the diff",
    },
    {
      title: "a binary file",
      file: { ...someFile, binary: true },
      reason: "the file is binary",
      label: "not commentable",
    },
  ])("demotes a claim about $title", ({ file, reason, label }) => {
    const judged = someJudged({ evidence: { anchor: null, file, unanchored: reason } });
    expect(anchor.judge(judged, context)).toEqual({ gate: "anchor", action: "demote", reason, label });
  });
});
