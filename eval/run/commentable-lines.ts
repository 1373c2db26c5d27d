import { readPatch } from "../case/read-patch.ts";
import type { EvalAnchor } from "./result.ts";

/** Tells whether GitHub takes a comment on these lines: all of them shown in one hunk of the diff. */
export const createCommentable = (patch: string): ((anchor: EvalAnchor) => boolean) => {
  const files = readPatch(patch);
  return ({ path, side, startLine, line }) =>
    line !== null &&
    files
      .filter(({ oldPath, newPath }) => (newPath ?? oldPath) === path)
      .flatMap(({ hunks }) => hunks)
      .some((hunk) => {
        const start = side === "RIGHT" ? hunk.newStart : hunk.oldStart;
        const end = start + hunk.lines.filter(({ kind }) => kind !== (side === "RIGHT" ? "removed" : "added")).length;
        return (startLine ?? line) >= start && line < end;
      });
};
