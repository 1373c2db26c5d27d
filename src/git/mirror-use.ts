import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ChangeTrees } from "../review/ports.ts";
import type { FileLock } from "./file-lock.ts";
import { tryLock } from "./file-lock.ts";
import type { GitDirectory } from "./git-directory.ts";
import { GitError } from "./git-error.ts";
import type { MirrorFolder, MirrorPaths } from "./mirror-folder.ts";
import { generationOf, releasing } from "./mirror-folder.ts";
import { tidyMirror } from "./refresh-mirror.ts";

export interface UsedMirror {
  readonly folder: MirrorFolder;
  readonly maxBytes: number;
  readonly onUpkeepFailed: (error: unknown) => void;
  readonly directory: GitDirectory;
  readonly paths: MirrorPaths;
  /** The shared lock that keeps the mirror from being evicted. */
  readonly use: FileLock;
}

/** Watches one use of a mirror; at its end comes upkeep, and a mirror that turned out to be damaged is condemned. */
export const beginMirrorUse = async (mirror: UsedMirror) => {
  const generation = await generationOf(mirror.paths);
  let damaged = false;
  const watching =
    <A extends readonly unknown[], T>(read: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      try {
        return await read(...args);
      } catch (error) {
        damaged ||= error instanceof GitError && error.kind === "corrupt";
        throw error;
      }
    };
  return {
    /** Notices when a read finds that objects are gone. */
    watch: (trees: ChangeTrees): ChangeTrees => ({
      ...trees,
      read: watching(trees.read),
      readBaseTip: watching(trees.readBaseTip),
      kindOf: watching(trees.kindOf),
    }),
    end: async (): Promise<void> => {
      try {
        await upkeep(mirror, damaged ? generation : null);
      } catch (error) {
        mirror.onUpkeepFailed(error);
      }
    },
  };
};

const tidyWithinMs = 10 * 60_000;

const upkeep = async (
  { folder, maxBytes, directory, paths, use }: UsedMirror,
  condemned: string | null,
): Promise<void> => {
  await releasing(use, async () => {
    const lock = tryLock(paths.write, "exclusive");
    if (lock === null) return;
    await releasing(lock, async () => {
      const generation = await generationOf(paths);
      if (generation === null) return;
      // Without HEAD the next change finds no mirror and builds it anew.
      if (generation === condemned) await rm(join(paths.git, "HEAD"), { force: true });
      else await tidyMirror(directory, AbortSignal.timeout(tidyWithinMs));
    });
  });
  await folder.evict(maxBytes);
};
