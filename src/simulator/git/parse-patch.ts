/** RIGHT is the head, LEFT the merge base: GitHub's words. */
export type Side = "LEFT" | "RIGHT";

/** A hunk's place in both files and its text with header, lines without ends. */
export interface PatchHunk {
  readonly header: string;
  readonly leftStart: number;
  readonly leftCount: number;
  readonly rightStart: number;
  readonly rightCount: number;
  readonly lines: readonly string[];
  /** Lines of the file's patch above this hunk's first line, GitHub's `position` being counted from the first header. */
  readonly offset: number;
}

const headerPattern = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

const numbers = (header: string): Omit<PatchHunk, "header" | "lines" | "offset"> | null => {
  const found = headerPattern.exec(header);
  if (found === null) return null;
  return {
    leftStart: Number(found[1]),
    leftCount: Number(found[2] ?? 1),
    rightStart: Number(found[3]),
    rightCount: Number(found[4] ?? 1),
  };
};

/** Hunks of one file's patch, which starts at its first `@@`. */
export function parseHunks(patch: string): readonly PatchHunk[] {
  const hunks: PatchHunk[] = [];
  let lines: string[] = [];
  for (const [index, line] of patch.split("\n").entries()) {
    const place = numbers(line);
    if (place === null) {
      lines.push(line);
    } else {
      lines = [];
      hunks.push({ header: line, ...place, lines, offset: index });
    }
  }
  return hunks;
}

/** Where a line stands inside a hunk: `index` counts the hunk's lines from 0, `position` is GitHub's. */
export interface LinePlace {
  readonly hunk: PatchHunk;
  readonly index: number;
  readonly position: number;
}

const within = (hunk: PatchHunk, side: Side, line: number): boolean =>
  side === "RIGHT"
    ? line >= hunk.rightStart && line < hunk.rightStart + hunk.rightCount
    : line >= hunk.leftStart && line < hunk.leftStart + hunk.leftCount;

const indexOf = (hunk: PatchHunk, side: Side, line: number): number => {
  const foreign = side === "RIGHT" ? "-" : "+";
  let current = side === "RIGHT" ? hunk.rightStart - 1 : hunk.leftStart - 1;
  return hunk.lines.findIndex((text) => {
    if (!text.startsWith(foreign) && !text.startsWith("\\")) current += 1;
    return current === line && !text.startsWith(foreign);
  });
};

/** Added and context lines stand on RIGHT, removed and context lines on LEFT; null for a line outside every hunk. */
export function placeLine(hunks: readonly PatchHunk[], side: Side, line: number): LinePlace | null {
  const hunk = hunks.find((candidate) => within(candidate, side, line));
  if (hunk === undefined) return null;
  const index = indexOf(hunk, side, line);
  return { hunk, index, position: hunk.offset + index + 1 };
}

/** GitHub's `diff_hunk`: the hunk from its header down to the commented line. */
export const hunkUpTo = (place: LinePlace): string =>
  [place.hunk.header, ...place.hunk.lines.slice(0, place.index + 1)].join("\n");
