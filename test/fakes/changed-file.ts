import type { ChangedFile, Hunk, HunkLine } from "../../src/core/change.ts";

/** A modified file from the hunks of a unified diff, written as lines: "@@ -1,2 +1,3 @@", " context", "+added", "-removed". */
export const changedFile = (path: string, diff: readonly string[], over: Partial<ChangedFile> = {}): ChangedFile => {
  const hunks = readHunks(diff);
  const count = (kind: HunkLine["kind"]): number =>
    hunks.flatMap((hunk) => hunk.lines).filter((line) => line.kind === kind).length;
  return {
    path,
    oldPath: null,
    status: "modified",
    oldKind: "file",
    newKind: "file",
    oldMode: "100644",
    newMode: "100644",
    additions: count("added"),
    deletions: count("removed"),
    binary: false,
    hunks,
    partial: null,
    ...over,
  };
};

const readHunks = (diff: readonly string[]): readonly Hunk[] => {
  const starts = diff.flatMap((line, index) => (line.startsWith("@@") ? [index] : []));
  return starts.map((start, index) => readHunk(diff[start] ?? "", diff.slice(start + 1, starts[index + 1])));
};

const readHunk = (head: string, body: readonly string[]): Hunk => {
  const [leftStart = 0, leftCount = 1, rightStart = 0, rightCount = 1] = [...head.matchAll(/\d+/g)].map(Number);
  let left = leftStart;
  let right = rightStart;
  const lines = body.map((line): HunkLine => {
    const text = line.slice(1);
    if (line.startsWith("+")) return { kind: "added", right: right++, text };
    if (line.startsWith("-")) return { kind: "removed", left: left++, text };
    return { kind: "context", left: left++, right: right++, text };
  });
  return { leftStart, leftCount, rightStart, rightCount, heading: "", lines };
};
