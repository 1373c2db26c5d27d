import { describe, expect, it } from "vitest";
import { describeFile, showDiff } from "../../src/core/show-diff.ts";
import { changedFile } from "../fakes/changed-file.ts";

const file = changedFile("src/a.ts", [
  "@@ -1,3 +1,3 @@",
  " one",
  "-two",
  "+zwei",
  " three",
  "@@ -20,1 +20,2 @@",
  " x",
  "+y",
]);
const all = { maxChars: 1000 };

describe("showDiff", () => {
  it("numbers removed lines as at the base and all others as at the head", () => {
    expect(showDiff(file, all).text.split("\n").slice(0, 5)).toEqual([
      "@@ -1,3 +1,3 @@",
      "    1  |one",
      "    2 -|two",
      "    2 +|zwei",
      "    3  |three",
    ]);
  });

  it("is whole where it fits", () => {
    expect(showDiff(file, all)).toMatchObject({ cutAt: null });
    expect(showDiff(file, all).shown).toHaveLength(6);
  });

  it("says at which line it was cut, and goes on there", () => {
    const first = showDiff(file, { maxChars: 60 });
    const rest = showDiff(file, { ...all, fromLine: first.cutAt ?? 0 });
    expect(first.cutAt).toBe(3);
    expect(first.shown.length + rest.shown.length).toBe(6);
    expect(rest.text).toContain("    3  |three");
    expect(rest.text).not.toContain("zwei");
  });

  it("loses no line however small the pieces are", () => {
    const seen = new Set<string>();
    let from: number | null = 1;
    while (from !== null) {
      const { shown, cutAt } = showDiff(file, { maxChars: 45, fromLine: from });
      for (const line of shown) seen.add(line.text);
      from = cutAt === from ? from + 1 : cutAt;
    }
    expect([...seen]).toEqual(expect.arrayContaining(["one", "two", "zwei", "three", "x", "y"]));
  });

  it("says why there are no lines", () => {
    expect(showDiff(changedFile("a.png", [], { binary: true }), all).text).toBe("[binary: no lines to show]");
    expect(showDiff(changedFile("a.sh", []), all).text).toBe("[no line changed]");
    expect(showDiff(changedFile("a.c", [], { partial: "the counts disagree" }), all).text).toBe(
      "[the counts disagree]",
    );
  });
});

describe("describeFile", () => {
  it.each([
    { file: changedFile("a.ts", ["@@ -1,1 +1,1 @@", "-a", "+b"]), text: "a.ts: modified, +1 -1" },
    { file: changedFile("b.ts", [], { status: "renamed", oldPath: "a.ts" }), text: "b.ts (from a.ts): renamed, +0 -0" },
    { file: changedFile("a.sh", [], { newMode: "100755" }), text: "a.sh: modified, +0 -0, mode 100644 to 100755" },
    { file: changedFile("a.png", [], { binary: true }), text: "a.png: modified, binary" },
  ])("says $text", ({ file: described, text }) => {
    expect(describeFile(described)).toBe(text);
  });
});
