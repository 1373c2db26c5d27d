import { describe, expect, it } from "vitest";
import { anchorRange, diffLimits, notCommentable } from "../../src/core/anchor.ts";
import type { ChangedFile } from "../../src/core/change.ts";
import { changedFile } from "../fakes/changed-file.ts";

/**
 * Hunk one, left 10-15, right 10-16: 10 11 12 context; -13; +13 +14; 14→15 15→16 context.
 * Hunk two, left 40-42, right 41-45: 40→41; +42 +43; 41→44 42→45.
 */
const file = changedFile("src/pay.ts", [
  "@@ -10,6 +10,7 @@",
  " ten",
  " eleven",
  " twelve",
  "-old",
  "+new",
  "+newer",
  " fourteen",
  " fifteen",
  "@@ -40,3 +41,5 @@",
  " forty",
  "+added",
  "+added too",
  " forty-one",
  " forty-two",
]);

const right = (startLine: number, endLine: number) => ({ path: file.path, side: "RIGHT" as const, startLine, endLine });
const left = (startLine: number, endLine: number) => ({ path: file.path, side: "LEFT" as const, startLine, endLine });

describe("anchorRange", () => {
  it.each([
    { title: "an added line", range: right(13, 13), startLine: null, line: 13 },
    { title: "several added lines", range: right(13, 14), startLine: 13, line: 14 },
    { title: "a context line", range: right(10, 10), startLine: null, line: 10 },
    { title: "a removed line", range: left(13, 13), startLine: null, line: 13 },
    { title: "context on the left of the second hunk", range: left(40, 42), startLine: 40, line: 42 },
    { title: "the inner part of a range that begins above its hunk", range: right(5, 13), startLine: 10, line: 13 },
    { title: "the inner part of a range that ends below its hunk", range: right(14, 30), startLine: 14, line: 16 },
    {
      title: "the part with more changed lines of a range over two hunks",
      range: right(14, 43),
      startLine: 41,
      line: 43,
    },
    { title: "one line when only one is inside", range: right(42, 42), startLine: null, line: 42 },
  ])("anchors $title", ({ range, startLine, line }) => {
    expect(anchorRange(file, range)).toEqual({ anchor: { path: "src/pay.ts", side: range.side, startLine, line } });
  });

  it.each([
    { title: "lines far from any hunk", range: right(100, 101) },
    { title: "a range that reaches a hunk's context only", range: right(16, 20) },
    { title: "a range on the left whose changed lines are added ones", range: left(15, 39) },
  ])("finds no anchor for $title", ({ range }) => {
    expect(anchorRange(file, range)).toEqual({ unanchored: "the quoted lines are outside the diff" });
  });

  it("anchors the base's lines of a renamed file on its new path", () => {
    const renamed: ChangedFile = { ...file, oldPath: "src/old.ts", status: "renamed" };
    expect(anchorRange(renamed, { ...left(13, 13), path: "src/old.ts" })).toEqual({
      anchor: { path: "src/pay.ts", side: "LEFT", startLine: null, line: 13 },
    });
  });
});

const hunkOf = (lines: readonly string[]) =>
  changedFile("big", [`@@ -0,0 +1,${lines.length} @@`, ...lines.map((line) => `+${line}`)]);

describe("notCommentable", () => {
  it.each([
    {
      title: "a partial diff",
      given: { ...file, partial: "counts disagree" },
      reason: "the file's diff could not be read in full: counts disagree",
    },
    { title: "a binary file", given: { ...file, binary: true }, reason: "the file is binary" },
    { title: "a pure rename", given: { ...file, hunks: [] }, reason: "the file's content did not change" },
    {
      title: "too many lines",
      given: hunkOf(Array.from({ length: diffLimits.linesPerFile }, () => "x")),
      reason: "the file's diff is over GitHub's limit of 20000 lines",
    },
    {
      title: "too many bytes",
      given: hunkOf(["é".repeat(300_000)]),
      reason: "the file's diff is over GitHub's limit of 500 KB",
    },
  ])("refuses $title", ({ given, reason }) => {
    expect(notCommentable(given)).toBe(reason);
    expect(anchorRange(given, right(13, 13))).toEqual({ unanchored: reason });
  });

  it("takes a file just under the limits", () => {
    expect(notCommentable(hunkOf(Array.from({ length: diffLimits.linesPerFile - 1 }, () => "x")))).toBeNull();
  });
});
