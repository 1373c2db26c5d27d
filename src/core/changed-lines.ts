import type { ChangedFile, Hunk, HunkLine, Side } from "./change.ts";
import type { LineRange } from "./evidence.ts";

/** The line's number on a side, null where it does not stand on it. */
export const lineNumberOn = (line: HunkLine, side: Side): number | null => {
  if (side === "RIGHT") return line.kind === "removed" ? null : line.right;
  return line.kind === "added" ? null : line.left;
};

/** Numbers of the range's lines that the change added (RIGHT) or removed (LEFT). */
export const changedLineNumbers = (file: ChangedFile | null, range: LineRange): ReadonlySet<number> => {
  const numbers = (file?.hunks ?? [])
    .flatMap((hunk) => hunk.lines)
    .filter((line) => line.kind !== "context")
    .map((line) => lineNumberOn(line, range.side))
    .filter((number) => number !== null);
  return new Set(numbers.filter((number) => number >= range.startLine && number <= range.endLine));
};

/** The first hunk that shows any line of the range. */
export const hunkUnder = (file: ChangedFile | null, range: LineRange): Hunk | null =>
  file?.hunks.find((hunk) =>
    hunk.lines.some((line) => {
      const number = lineNumberOn(line, range.side);
      return number !== null && number >= range.startLine && number <= range.endLine;
    }),
  ) ?? null;
