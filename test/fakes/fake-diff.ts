import type { ChangedFile, FileStatus, Hunk, HunkLine } from "../../src/core/change.ts";
import type { FakeEntry, FakeTree } from "./fake-tree.ts";
import { entryOf, kindOfEntry, modeOfEntry, textOfEntry } from "./fake-tree.ts";

/** The changed files between two in-memory trees. `renames` maps new paths to old ones: the fake does not guess. */
export const fakeDiff = (
  base: FakeTree,
  head: FakeTree,
  renames: Readonly<Record<string, string>>,
): readonly ChangedFile[] => {
  const moved = new Set(Object.values(renames));
  const paths = [...new Set([...Object.keys(base), ...Object.keys(head)])].filter((path) => !moved.has(path));
  return paths.toSorted().flatMap((path) => {
    const oldPath = renames[path] ?? null;
    const before = entryOf(base, oldPath ?? path);
    const after = entryOf(head, path);
    const same = oldPath === null && JSON.stringify(before) === JSON.stringify(after);
    return same ? [] : [fakeFile({ path, oldPath, before, after })];
  });
};

interface Pair {
  readonly path: string;
  readonly oldPath: string | null;
  readonly before: FakeEntry | null;
  readonly after: FakeEntry | null;
}

const fakeFile = ({ path, oldPath, before, after }: Pair): ChangedFile => {
  const left = before === null ? "" : textOfEntry(before);
  const right = after === null ? "" : textOfEntry(after);
  const binary = left === null || right === null;
  const status = statusOf({ path, oldPath, before, after });
  const hunks = binary ? [] : hunksOf(status, left, right);
  const count = (kind: HunkLine["kind"]): number =>
    hunks.flatMap((hunk) => hunk.lines).filter((line) => line.kind === kind).length;
  return {
    path,
    oldPath,
    status,
    oldKind: before === null ? null : kindOfEntry(before),
    newKind: after === null ? null : kindOfEntry(after),
    oldMode: before === null ? null : modeOfEntry(before),
    newMode: after === null ? null : modeOfEntry(after),
    additions: count("added"),
    deletions: count("removed"),
    binary,
    hunks,
    partial: null,
  };
};

const statusOf = ({ oldPath, before, after }: Pair): FileStatus => {
  if (before === null) return "added";
  if (after === null) return "deleted";
  if (oldPath !== null) return "renamed";
  return modeOfEntry(before).slice(0, 3) === modeOfEntry(after).slice(0, 3) ? "modified" : "type_changed";
};

/** git writes a change of type as a deletion and a creation. */
const hunksOf = (status: FileStatus, left: string, right: string): readonly Hunk[] =>
  status === "type_changed" ? [...diffLines(left, ""), ...diffLines("", right)] : diffLines(left, right);

/** Hunks with three lines of context, by the longest common subsequence; for files of a test's size. */
const diffLines = (before: string, after: string): readonly Hunk[] => {
  const lines = align(splitKeepingEnd(before), splitKeepingEnd(after));
  const near = lines.map((_, index) => lines.slice(Math.max(0, index - 3), index + 4).some(isChange));
  const hunks: HunkLine[][] = [];
  lines.forEach((line, index) => {
    if (near[index] !== true) return;
    if (near[index - 1] === true) hunks.at(-1)?.push(line);
    else hunks.push([line]);
  });
  return hunks.map((hunk) => toHunk(hunk, lines));
};

const isChange = (line: HunkLine): boolean => line.kind !== "context";

/** A last line without its line end differs from the same line with one, as it does for git. */
const splitKeepingEnd = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

const toHunk = (lines: readonly HunkLine[], all: readonly HunkLine[]): Hunk => {
  const lefts = lines.flatMap((line) => (line.kind === "added" ? [] : [line.left]));
  const rights = lines.flatMap((line) => (line.kind === "removed" ? [] : [line.right]));
  const [first] = lines;
  const before = first === undefined ? [] : all.slice(0, all.indexOf(first));
  return {
    leftStart: lefts[0] ?? before.filter((line) => line.kind !== "added").length,
    leftCount: lefts.length,
    rightStart: rights[0] ?? before.filter((line) => line.kind !== "removed").length,
    rightCount: rights.length,
    heading: "",
    lines,
  };
};

const align = (left: readonly string[], right: readonly string[]): readonly HunkLine[] => {
  const common = commonLengths(left, right);
  const lengthAt = (i: number, j: number): number => common[i]?.[j] ?? 0;
  const lines: HunkLine[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const removed = left[i];
    const added = right[j];
    if (removed !== undefined && removed === added) {
      lines.push({ kind: "context", left: ++i, right: ++j, text: withoutEnd(removed) });
    } else if (removed !== undefined && (added === undefined || lengthAt(i + 1, j) >= lengthAt(i, j + 1))) {
      lines.push({ kind: "removed", left: ++i, text: withoutEnd(removed) });
    } else if (added !== undefined) {
      lines.push({ kind: "added", right: ++j, text: withoutEnd(added) });
    }
  }
  return lines;
};

const withoutEnd = (line: string): string => (line.endsWith("\n") ? line.slice(0, -1) : line);

const commonLengths = (left: readonly string[], right: readonly string[]): readonly (readonly number[])[] => {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, () => 0)];
  for (const line of left.toReversed()) {
    const below = rows[0] ?? [];
    const row: number[] = Array.from({ length: right.length + 1 }, () => 0);
    for (let j = right.length - 1; j >= 0; j--) {
      row[j] = line === right[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
    rows.unshift(row);
  }
  return rows;
};
