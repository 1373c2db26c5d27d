import type { Anchor } from "./candidate.ts";
import type { ChangedFile, Hunk } from "./change.ts";
import { lineNumberOn } from "./changed-lines.ts";
import type { LineRange } from "./evidence.ts";

/**
 * GitHub refuses comments on a file whose diff is larger (422 "path diff too large").
 * https://docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits#diff-limits
 */
export const diffLimits = { linesPerFile: 20_000, bytesPerFile: 500 * 1024 } as const;

export type Anchored = { readonly anchor: Anchor } | { readonly unanchored: string };

/**
 * Where a comment about `range` may stand: inside one hunk, on added and context lines (RIGHT) or removed and context
 * lines (LEFT). A range that reaches out of its hunk is narrowed to the part inside, if that holds a changed line.
 */
export const anchorRange = (file: ChangedFile, range: LineRange): Anchored => {
  const refusal = notCommentable(file);
  if (refusal !== null) return { unanchored: refusal };
  const parts = file.hunks.map((hunk) => partInside(hunk, range)).filter((part) => part !== null);
  const best = parts.find((part) => part.whole) ?? mostChanged(parts);
  if (best === undefined) return { unanchored: "the quoted lines are outside the diff" };
  const { startLine, endLine } = best;
  return {
    anchor: { path: file.path, side: range.side, startLine: startLine < endLine ? startLine : null, line: endLine },
  };
};

/** Why GitHub takes no line comment on this file; null where it does. */
export const notCommentable = (file: ChangedFile): string | null => {
  if (file.partial !== null) return `the file's diff could not be read in full: ${file.partial}`;
  if (file.binary) return "the file is binary";
  if (file.hunks.length === 0) return "the file's content did not change";
  const lines = file.hunks.reduce((sum, hunk) => sum + hunk.lines.length + 1, 0);
  if (lines > diffLimits.linesPerFile)
    return `the file's diff is over GitHub's limit of ${diffLimits.linesPerFile} lines`;
  return diffBytes(file.hunks) > diffLimits.bytesPerFile ? "the file's diff is over GitHub's limit of 500 KB" : null;
};

const encoder = new TextEncoder();

/** Lines are counted with their marker and their line end. */
const diffBytes = (hunks: readonly Hunk[]): number =>
  hunks.reduce(
    (sum, { lines }) => sum + lines.reduce((bytes, line) => bytes + encoder.encode(line.text).length + 2, 0),
    0,
  );

interface Part {
  readonly startLine: number;
  readonly endLine: number;
  readonly changedLines: number;
  /** The whole range lies inside this hunk. */
  readonly whole: boolean;
}

const partInside = (hunk: Hunk, range: LineRange): Part | null => {
  const inside = hunk.lines.flatMap((line) => {
    const number = lineNumberOn(line, range.side);
    return number !== null && number >= range.startLine && number <= range.endLine ? [{ number, kind: line.kind }] : [];
  });
  const first = inside[0];
  const last = inside.at(-1);
  if (first === undefined || last === undefined) return null;
  return {
    startLine: first.number,
    endLine: last.number,
    changedLines: inside.filter(({ kind }) => kind !== "context").length,
    whole: first.number === range.startLine && last.number === range.endLine,
  };
};

const mostChanged = (parts: readonly Part[]): Part | undefined =>
  parts.filter((part) => part.changedLines > 0).toSorted((a, b) => b.changedLines - a.changedLines)[0];
