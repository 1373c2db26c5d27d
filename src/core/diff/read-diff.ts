import type { ChangedFile } from "../change.ts";
import { concatBytes } from "./concat-bytes.ts";
import { joinDiff } from "./join-diff.ts";
import { parseRaw } from "./parse-raw.ts";
import type { PatchLimits } from "./split-patch.ts";
import { createPatchSplitter } from "./split-patch.ts";

export interface DiffLimits extends PatchLimits {
  /** Bytes of the list of changed files that come before the patch. */
  readonly bytesOfList: number;
}

/** What the reader makes of a chunk: go on, stop because enough was read, or give up because the list has no end. */
export type DiffProgress = "more" | "enough" | "list_too_long";

/**
 * Reads the output of `git diff-tree -r -z --raw --numstat -p` as it streams in: list, two NULs, patch. Chunks may
 * break anywhere. What lies beyond the limits is not kept, and the files concerned come out `partial`.
 */
export const createDiffReader = (limits: DiffLimits) => {
  const splitter = createPatchSplitter(limits);
  const list: Uint8Array[] = [];
  let listBytes = 0;
  let inPatch = false;

  const readList = (chunk: Uint8Array): DiffProgress => {
    const end = endOfList(list.at(-1), chunk);
    list.push(end === -1 ? chunk : chunk.subarray(0, end));
    listBytes += chunk.length;
    if (end === -1) return listBytes > limits.bytesOfList ? "list_too_long" : "more";
    inPatch = true;
    return readPatch(chunk.subarray(end));
  };
  const readPatch = (chunk: Uint8Array): DiffProgress => (splitter.push(chunk) ? "more" : "enough");

  return {
    push: (chunk: Uint8Array): DiffProgress => (inPatch ? readPatch(chunk) : readList(chunk)),
    end: (): readonly ChangedFile[] =>
      joinDiff(parseRaw(concatBytes(list)), splitter.end(), {
        file: `its diff is over ${inMiB(limits.bytesPerFile)}`,
        rest: `the whole diff is over ${inMiB(limits.bytesInAll)}`,
      }),
  };
};

const inMiB = (bytes: number): string => `${Number((bytes / 1024 / 1024).toFixed(3))} MiB`;

/** Where the patch begins in `chunk`: after the first two NULs in a row, of which the first may end `previous`. */
const endOfList = (previous: Uint8Array | undefined, chunk: Uint8Array): number => {
  if (previous?.at(-1) === 0 && chunk[0] === 0) return 1;
  for (let at = chunk.indexOf(0); at !== -1; at = chunk.indexOf(0, at + 1)) {
    if (chunk[at + 1] === 0) return at + 2;
  }
  return -1;
};
