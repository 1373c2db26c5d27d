import type { ChangedFile } from "../change.ts";

/** The lines of the head, 1-based, that the change added to a file. */
export const addedLines = (file: ChangedFile): ReadonlySet<number> =>
  new Set(file.hunks.flatMap((hunk) => hunk.lines).flatMap((line) => (line.kind === "added" ? [line.right] : [])));
