import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { git, openCase } from "../../../eval/case/open-case.ts";
import { readCases, type EvalCase } from "../../../eval/case/read-cases.ts";
import { readPatch } from "../../../eval/case/read-patch.ts";
import { treesOfPatch } from "../../../eval/case/trees-of-patch.ts";

const folderOf = (name: string): string => fileURLToPath(new URL(`../../../eval/${name}/`, import.meta.url));
const aacr = readCases(folderOf("aacr"));

/** Every line that a diff shows, by side: "head path:12:text". */
const shownLines = (patch: string): readonly string[] =>
  readPatch(patch).flatMap(({ newPath, oldPath, hunks }) =>
    hunks.flatMap((hunk) => {
      let [left, right] = [hunk.oldStart, hunk.newStart];
      return hunk.lines.flatMap(({ kind, text }) => [
        ...(kind === "added" ? [] : [`base ${oldPath}:${left++}:${text}`]),
        ...(kind === "removed" ? [] : [`head ${newPath}:${right++}:${text}`]),
      ]);
    }),
  );

/** The lines of a tree's files in the same words. */
const treeLines = (dir: string, tree: "base" | "head"): ReadonlySet<string> =>
  new Set(
    git(dir, ["ls-tree", "-r", "-z", "--name-only", tree])
      .split("\0")
      .filter((path) => path !== "")
      .flatMap((path) =>
        git(dir, ["show", `${tree}:${path}`])
          .split("\n")
          .map((text, index) => `${tree} ${path}:${index + 1}:${text}`),
      ),
  );

const diffText = ({ source }: EvalCase): string => readFileSync(source.path, "utf8");

describe("a repository made of a diff", () => {
  it.each(aacr.map((one) => ({ id: one.id, one })))("holds what the diff of $id shows, on its lines", ({ one }) => {
    const opened = openCase(one);
    try {
      const held = new Set([...treeLines(opened.dir, "base"), ...treeLines(opened.dir, "head")]);
      const shown = shownLines(diffText(one));
      expect(shown.length).toBeGreaterThan(5);
      expect(shown.filter((line) => !held.has(line))).toEqual([]);
    } finally {
      opened.remove();
    }
  });

  it("is the same one each time", () => {
    const [first] = aacr;
    if (first === undefined) throw new Error("no case");
    const shas = [1, 2].map(() => {
      const opened = openCase(first);
      opened.remove();
      return [opened.baseSha, opened.headSha];
    });
    expect(shas[0]).toEqual(shas[1]);
  });
});

describe("the trees of a patch", () => {
  const patch = [
    "diff --git a/a.txt b/a.txt",
    "index 1111111..2222222 100644",
    "--- a/a.txt",
    "+++ b/a.txt",
    "@@ -3,2 +3,2 @@ heading",
    " three",
    "-four",
    "\\ No newline at end of file",
    "+FOUR",
    "diff --git a/old name b/new name",
    "similarity index 100%",
    "rename from old name",
    "rename to new name",
    'diff --git "a/\\303\\244.sh" "b/\\303\\244.sh"',
    "new file mode 100755",
    "index 0000000..3333333",
    "--- /dev/null",
    '+++ "b/\\303\\244.sh"',
    "@@ -0,0 +1 @@",
    "+-- not a header",
    "",
  ].join("\n");

  it("hold the shown lines at their numbers, line ends, names and modes", () => {
    expect(treesOfPatch(readPatch(patch))).toEqual({
      base: [
        { path: "a.txt", mode: "100644", text: "\n\nthree\nfour" },
        { path: "old name", mode: "100644", text: "\n" },
      ],
      head: [
        { path: "a.txt", mode: "100644", text: "\n\nthree\nFOUR\n" },
        { path: "new name", mode: "100644", text: "\n" },
        { path: "ä.sh", mode: "100755", text: "-- not a header\n" },
      ],
    });
  });
});

describe("the cases", () => {
  it("count P0-P2, and of AACR-Bench defects and security alone", () => {
    const own = readCases(folderOf("cases")).flatMap(({ known }) => known);
    expect(own.filter(({ counts }) => counts).every(({ severity }) => severity !== "P3")).toBe(true);
    expect(own.some(({ severity, counts }) => severity === "P3" && !counts)).toBe(true);
    const all = aacr.flatMap(({ known }) => known);
    expect(all.length).toBeGreaterThan(20);
    expect(all.every(({ counts, severity }) => counts && severity === null)).toBe(true);
  });

  it("give a reviewer no word of the labels", () => {
    for (const one of aacr) expect([one.title, one.body]).toEqual(["Proposed change", ""]);
  });
});
