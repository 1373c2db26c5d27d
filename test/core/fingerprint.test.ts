import { describe, expect, it } from "vitest";
import type { Candidate } from "../../src/core/candidate.ts";
import { fingerprintOf } from "../../src/core/fingerprint.ts";
import { changedFile } from "../fakes/changed-file.ts";
import { rangeAt, someCandidate, someFile, someRule } from "../fakes/judged.ts";

type Input = Parameters<typeof fingerprintOf>[0];

const found: Input = {
  candidate: someCandidate(),
  file: someFile,
  range: rangeAt(12),
  lines: ["  return send(amount);"],
};
const claimed = (over: Partial<Candidate>): Input => ({ ...found, candidate: someCandidate(over) });
const fingerprint = fingerprintOf(found);

const pushedDown = changedFile("src/pay.ts", [
  "@@ -20,1 +20,3 @@",
  " const x = 1;",
  "+  return send(amount);",
  "+  // unreachable",
]);

describe("fingerprintOf", () => {
  it("is 32 hexadecimal digits", () => {
    expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each<{ title: string; input: Input }>([
    {
      title: "the words differ",
      input: claimed({ title: "Check the sign", body: "It may be negative.", trigger: null }),
    },
    { title: "severity, confidence and id differ", input: claimed({ severity: "P3", confidence: 0.1, id: "c99" }) },
    { title: "the category is a sister of the first", input: claimed({ category: "data_loss" }) },
    { title: "half of the line was quoted", input: claimed({ quote: "send(amount)" }) },
    { title: "the lines moved", input: { ...found, file: pushedDown, range: rangeAt(21) } },
    { title: "the lines were indented anew", input: { ...found, lines: ["\treturn  send(amount);\r"] } },
    {
      title: "lines of context were quoted with it",
      input: { ...found, range: rangeAt(11, 12), lines: ["  audit(amount);", "  return send(amount);"] },
    },
    {
      title: "the file was renamed",
      input: {
        ...found,
        candidate: someCandidate({ path: "src/money.ts" }),
        file: { ...someFile, path: "src/money.ts", oldPath: "src/pay.ts", status: "renamed" },
      },
    },
  ])("stays the same when $title", ({ input }) => {
    expect(fingerprintOf(input)).toBe(fingerprint);
  });

  it.each<{ title: string; input: Input }>([
    { title: "the code differs", input: { ...found, lines: ["  return refund(amount);"] } },
    { title: "the file differs", input: claimed({ path: "src/other.ts" }) },
    {
      title: "the file is a copy",
      input: {
        ...found,
        candidate: someCandidate({ path: "src/copy.ts" }),
        file: { ...someFile, path: "src/copy.ts", oldPath: "src/pay.ts", status: "copied" },
      },
    },
    { title: "the side differs", input: claimed({ side: "LEFT" }) },
    { title: "it is a matter of security", input: claimed({ category: "security" }) },
    { title: "a deterministic rule says it", input: claimed({ origin: someRule }) },
  ])("differs when $title", ({ input }) => {
    expect(fingerprintOf(input)).not.toBe(fingerprint);
  });

  it("tells two rules on one line apart", () => {
    const other = { ...someRule, rule: "no-unreachable" };
    expect(fingerprintOf(claimed({ origin: someRule }))).not.toBe(fingerprintOf(claimed({ origin: other })));
  });

  it("leaves lines of mere brackets out", () => {
    const block = { ...found, file: null, range: rangeAt(12, 13), lines: ["  return send(amount);", "}"] };
    expect(fingerprintOf(block)).toBe(
      fingerprintOf({ ...block, range: rangeAt(12), lines: ["  return send(amount);"] }),
    );
  });

  it("falls back to the quote where the code was not found", () => {
    const lost = { ...found, range: null, lines: [] };
    expect(fingerprintOf(lost)).not.toBe(fingerprintOf({ ...lost, candidate: someCandidate({ quote: "other()" }) }));
    expect(fingerprintOf(lost)).toBe(
      fingerprintOf({ ...lost, candidate: someCandidate({ quote: "\n  return send(amount);\n" }) }),
    );
  });
});
