import { concatBytes } from "./concat-bytes.ts";
import { gitText } from "./parse-raw.ts";

/** What a patch says of one file. */
export interface PatchSection {
  /** The lines before the first hunk. */
  readonly header: string;
  /** Whole hunks, without "\ No newline at end of file". */
  readonly hunks: string;
  /** Whether hunks are missing: over the limit of one file, or the patch ended within one. */
  readonly cut: "over_limit" | "unfinished" | null;
}

/** A header is a few lines with two paths each; a binary patch would make it as long as the file. */
const headerLimit = 64 * 1024;

/** A section that is still being read. Pieces of hunks beyond `limit` bytes are counted as cut and not kept. */
export const openSection = (firstLine: string, limit: number) => {
  const pieces: Uint8Array[] = [];
  let header = firstLine;
  let bytes = 0;
  let wholeBytes = 0;
  let overLimit = false;

  return {
    addHeader: (line: string): void => {
      if (header.length < headerLimit) header += line;
    },
    /** Answers how many bytes were kept. */
    addToHunk: (piece: Uint8Array): number => {
      overLimit ||= bytes + piece.length > limit;
      if (overLimit) return 0;
      pieces.push(piece);
      bytes += piece.length;
      return piece.length;
    },
    endHunk: (): void => {
      if (!overLimit) wholeBytes = bytes;
    },
    close: (): PatchSection => ({
      header,
      hunks: gitText.decode(concatBytes(pieces).subarray(0, wholeBytes)),
      cut: overLimit ? "over_limit" : wholeBytes < bytes ? "unfinished" : null,
    }),
  };
};
