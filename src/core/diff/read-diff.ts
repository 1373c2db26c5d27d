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

/**
 * Reads the output of `git diff-tree -r -z --raw --numstat -p` as it streams in: list, two NULs, patch. Chunks may
 * break anywhere. What lies beyond the limits is not kept, and the files concerned come out `partial`. `push` answers
 * whether more is wanted; `end` gives null where the list itself went over its limit.
 */
export const createDiffReader = (limits: DiffLimits) => {
  const splitter = createPatchSplitter(limits);
  const list: Uint8Array[] = [];
  let listBytes = 0;
  let inPatch = false;

  const readList = (chunk: Uint8Array): boolean => {
    const end = endOfList(list.at(-1), chunk);
    const own = end === -1 ? chunk : chunk.subarray(0, end);
    listBytes += own.length;
    if (listBytes > limits.bytesOfList) return false;
    list.push(own);
    if (end === -1) return true;
    inPatch = true;
    return splitter.push(chunk.subarray(end));
  };

  return {
    push: (chunk: Uint8Array): boolean => (inPatch ? splitter.push(chunk) : readList(chunk)),
    end: (): readonly ChangedFile[] | null => {
      if (listBytes > limits.bytesOfList) return null;
      return joinDiff(parseRaw(concatBytes(list)), splitter.end(), {
        file: `its diff is over ${inMiB(limits.bytesPerFile)}`,
        rest: `the whole diff is over ${inMiB(limits.bytesInAll)}`,
      });
    },
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
