import parseDiff from "parse-diff";
import type { Hunk, HunkLine } from "../change.ts";

/**
 * Reads whole hunks, without file headers and "\ No newline" marks. parse-diff gets no more than this, since it takes
 * content for headers and loses odd paths when it is given a whole patch.
 */
export const parseHunks = (hunks: string): readonly Hunk[] =>
  parseDiff(hunks)
    .flatMap((file) => file.chunks)
    .map(toHunk);

const toHunk = (chunk: parseDiff.Chunk): Hunk => ({
  leftStart: chunk.oldStart,
  leftCount: chunk.oldLines,
  rightStart: chunk.newStart,
  rightCount: chunk.newLines,
  heading: chunk.content.replace(/^@@ [^@]* @@ ?/, ""),
  lines: chunk.changes.map(toLine),
});

const toLine = (change: parseDiff.Change): HunkLine => {
  const text = change.content.slice(1);
  if (change.type === "add") return { kind: "added", right: change.ln, text };
  if (change.type === "del") return { kind: "removed", left: change.ln, text };
  return { kind: "context", left: change.ln1, right: change.ln2, text };
};
