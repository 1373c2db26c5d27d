import type { ChangeSource, ChangeTrees, Clock, GitAccess, Repository } from "../review/ports.ts";
import type { FileLock } from "./file-lock.ts";
import { waitForLock } from "./file-lock.ts";
import { diffSinceMergeBase } from "./diff-since-merge-base.ts";
import type { Environment } from "./git-directory.ts";
import { GitError, onDisk } from "./git-error.ts";
import type { MirrorFolder, MirrorPaths } from "./mirror-folder.ts";
import { createMirrorFolder, generationOf, releasing, removeMirror } from "./mirror-folder.ts";
import { beginMirrorUse } from "./mirror-use.ts";
import type { ObjectReader } from "./object-reader.ts";
import { createObjectReader } from "./object-reader.ts";
import type { ReadLimits } from "./open-change.ts";
import { openChange, readLimits } from "./open-change.ts";
import { holdsCommits, refreshMirror } from "./refresh-mirror.ts";

export interface MirrorOptions {
  /** Holds one bare mirror per repository. Processes may share it, and it may be deleted while none runs. */
  readonly dir: string;
  /** Mirrors that are not in use are deleted, least recently used first, until all are below this size. */
  readonly maxBytes: number;
  /** Of which PATH, proxies and certificates reach git. */
  readonly environment: Environment;
  readonly clock: Clock;
  /** Told of upkeep that failed after a change was closed; it is tried again after the next one. */
  readonly onUpkeepFailed: (error: unknown) => void;
  readonly limits?: ReadLimits;
  /** Protocols to fetch by; `file` is for tests alone. */
  readonly protocols?: readonly string[];
}

interface Mirrors extends Required<MirrorOptions> {
  readonly folder: MirrorFolder;
}

/** Git mirrors on the local disk: caches that are rebuilt at will. */
export const createMirrors = (options: MirrorOptions): Repository => {
  const mirrors: Mirrors = {
    ...options,
    folder: createMirrorFolder(options.dir, options.environment, options.clock),
    limits: options.limits ?? readLimits,
    protocols: options.protocols ?? ["https", "http"],
  };
  return {
    open: (source, access, signal) => onDisk(() => openSource(mirrors, { source, access }, signal)),
    forget: (repositoryId) => onDisk(() => forgetMirror(mirrors, mirrors.folder.pathsOf(repositoryId))),
  };
};

interface Wish {
  readonly source: ChangeSource;
  readonly access: GitAccess;
}

interface Opening extends Wish {
  readonly paths: MirrorPaths;
  readonly use: FileLock;
  /** The generation of the mirror that turned out to be damaged, and is to be built anew. */
  readonly damaged: string | null;
}

const openSource = async (mirrors: Mirrors, wish: Wish, signal: AbortSignal): Promise<ChangeTrees> => {
  const { folder, clock } = mirrors;
  const paths = folder.pathsOf(wish.source.ref.repositoryId);
  const use = await waitForLock({ file: paths.use, mode: "shared", clock }, signal);
  try {
    folder.touch(paths);
    const generation = await generationOf(paths);
    try {
      return await openMirror(mirrors, { ...wish, paths, use, damaged: null }, signal);
    } catch (error) {
      if (generation === null || !isDamage(error)) throw error;
      return await openMirror(mirrors, { ...wish, paths, use, damaged: generation }, signal);
    }
  } catch (error) {
    use.release();
    throw error;
  }
};

/** Failures that neither network nor server explain: objects are gone, or git refuses to work with the mirror. */
const isDamage = (error: unknown): boolean =>
  error instanceof GitError && (error.kind === "corrupt" || error.kind === "failed");

const openMirror = async (mirrors: Mirrors, opening: Opening, signal: AbortSignal): Promise<ChangeTrees> => {
  const { source, paths, use } = opening;
  const directory = mirrors.folder.directoryOf(paths);
  const objects = await readerOfBoth(mirrors, opening, signal);
  try {
    const { baseSha, headSha } = source;
    const wish = { base: baseSha, head: headSha, limits: mirrors.limits };
    const { mergeBase, changed } = await diffSinceMergeBase(directory, wish, signal);
    const commits = { mergeBase, head: headSha, baseTip: baseSha };
    const mirrorUse = await beginMirrorUse({ ...mirrors, directory, paths, use });
    const change = { directory, objects, commits, changed, limits: mirrors.limits, onClose: mirrorUse.end };
    return mirrorUse.watch(await openChange(change, signal));
  } catch (error) {
    await objects.close();
    throw error;
  }
};

/** A reader of the mirror when that holds both commits; there is no network where it does so already. */
const readerOfBoth = async (
  mirrors: Mirrors,
  { source, access, paths, damaged }: Opening,
  signal: AbortSignal,
): Promise<ObjectReader> => {
  const directory = mirrors.folder.directoryOf(paths);
  const exists = damaged === null && (await generationOf(paths)) !== null;
  const objects = exists ? createObjectReader(directory) : null;
  try {
    if (objects !== null && (await holdsCommits(objects, source, signal))) return objects;
    const lock = await waitForLock({ file: paths.write, mode: "exclusive", clock: mirrors.clock }, signal);
    const wish = { source, access, protocols: mirrors.protocols };
    await releasing(lock, () => refreshMirror(directory, { paths, wish, objects, damaged }, signal));
    return objects ?? createObjectReader(directory);
  } catch (error) {
    await objects?.close();
    throw error;
  }
};

/** How long a mirror that is to be forgotten may still be in use. */
const forgetWithinMs = 60_000;

const forgetMirror = async ({ clock }: Mirrors, paths: MirrorPaths): Promise<void> => {
  const patience = AbortSignal.timeout(forgetWithinMs);
  try {
    const lock = await waitForLock({ file: paths.use, mode: "exclusive", clock }, patience);
    await releasing(lock, () => removeMirror(paths));
  } catch (error) {
    if (error !== patience.reason) throw error;
    throw new GitError("busy", "the mirror is still in use", error);
  }
};
