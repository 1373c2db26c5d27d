import { describe, expect, it } from "vitest";
import { lineAfter } from "../../src/simulator/actions/follow-threads.ts";
import { hunkUpTo, parseHunks, placeLine } from "../../src/simulator/git/parse-patch.ts";

const patch = [
  "@@ -1,3 +1,4 @@ function a()",
  " one",
  "-two",
  "+two and",
  "+a half",
  " three",
  "@@ -10,2 +11,1 @@",
  "-ten",
  " eleven",
  "\\ No newline at end of file",
].join("\n");
const hunks = parseHunks(patch);

describe("a line in a patch", () => {
  it.each([
    { side: "RIGHT", line: 1, position: 1 },
    { side: "RIGHT", line: 2, position: 3 },
    { side: "RIGHT", line: 4, position: 5 },
    { side: "LEFT", line: 2, position: 2 },
    { side: "LEFT", line: 3, position: 5 },
    { side: "LEFT", line: 10, position: 7 },
    { side: "RIGHT", line: 11, position: 8 },
    { side: "RIGHT", line: 5, position: null },
    { side: "LEFT", line: 4, position: null },
    { side: "RIGHT", line: 12, position: null },
  ] as const)("$side $line stands at $position", ({ side, line, position }) => {
    expect(placeLine(hunks, side, line)?.position ?? null).toBe(position);
  });

  it("shows its hunk down to itself", () => {
    const place = placeLine(hunks, "RIGHT", 2);
    expect(place === null ? null : hunkUpTo(place)).toBe("@@ -1,3 +1,4 @@ function a()\n one\n-two\n+two and");
  });
});

describe("a line after a change", () => {
  it.each([
    { before: 1, after: 1 },
    { before: 2, after: null },
    { before: 3, after: 4 },
    { before: 5, after: 6 },
    { before: 10, after: null },
    { before: 11, after: 11 },
    { before: 20, after: 20 },
  ])("$before is $after", ({ before, after }) => {
    expect(lineAfter(hunks, before)).toBe(after);
  });

  it("below an insertion is moved, above it is not", () => {
    const inserted = parseHunks("@@ -5,0 +6,2 @@\n+a\n+b");
    expect([lineAfter(inserted, 5), lineAfter(inserted, 6)]).toEqual([5, 8]);
  });
});
