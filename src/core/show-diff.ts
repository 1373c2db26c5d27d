import type { ChangedFile, Hunk, HunkLine } from "./change.ts";
import { showLine } from "./show-lines.ts";
import { truncateLines } from "./truncate.ts";

/** A file's diff as the model sees it, and which of its lines that holds. */
export interface ShownDiff {
  readonly text: string;
  readonly shown: readonly HunkLine[];
  /** Line at the head from which on nothing fitted; null when all did. */
  readonly cutAt: number | null;
}

/** Shows hunks up to `maxChars`, beginning where the head's line `fromLine` stands. */
export const showDiff = (
  file: ChangedFile,
  { maxChars, fromLine = 1 }: { readonly maxChars: number; readonly fromLine?: number },
): ShownDiff => {
  const rows = file.hunks.flatMap(rowsOfHunk).filter(({ lastLine }) => lastLine >= fromLine);
  const texts = rows.map(({ text }) => text);
  const kept = truncateLines(texts, maxChars).lines.length;
  return {
    text: [...texts.slice(0, kept), ...notesOf(file)].join("\n"),
    shown: rows.slice(0, kept).flatMap(({ line }) => (line === null ? [] : [line])),
    cutAt: rows[kept]?.firstLine ?? null,
  };
};

/** Path, status and counts of a changed file on one line. */
export const describeFile = (file: ChangedFile): string => {
  const from = file.oldPath === null ? "" : ` (from ${file.oldPath})`;
  const mode = file.oldMode !== null && file.newMode !== null && file.oldMode !== file.newMode;
  const modes = mode ? `, mode ${file.oldMode} to ${file.newMode}` : "";
  const counts = file.binary ? "binary" : `+${file.additions} -${file.deletions}`;
  return `${file.path}${from}: ${file.status}, ${counts}${modes}`;
};

/** A line of the shown text. The heads of hunks stand for their whole hunk; a removed line stands before `firstLine`. */
interface Row {
  readonly text: string;
  readonly line: HunkLine | null;
  readonly firstLine: number;
  readonly lastLine: number;
}

const rowsOfHunk = (hunk: Hunk): readonly Row[] => {
  const { leftStart, leftCount, rightStart, rightCount, heading } = hunk;
  const text = `@@ -${leftStart},${leftCount} +${rightStart},${rightCount} @@ ${heading}`.trimEnd();
  const rows: Row[] = [{ text, line: null, firstLine: rightStart, lastLine: rightStart + rightCount }];
  let next = rightStart;
  for (const line of hunk.lines) {
    rows.push({ text: showHunkLine(line), line, firstLine: next, lastLine: next });
    if (line.kind !== "removed") next += 1;
  }
  return rows;
};

const marks = { context: " ", added: "+", removed: "-" } as const;

const showHunkLine = (line: HunkLine): string =>
  showLine({ number: numberOf(line), mark: marks[line.kind], text: line.text });

const numberOf = (line: HunkLine): number => (line.kind === "removed" ? line.left : line.right);

const notesOf = (file: ChangedFile): readonly string[] => {
  if (file.partial !== null) return [`[${file.partial}]`];
  if (file.hunks.length > 0) return [];
  return [file.binary ? "[binary: no lines to show]" : "[no line changed]"];
};
