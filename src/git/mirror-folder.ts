import { mkdirSync, utimesSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../review/ports.ts";
import type { Environment, GitDirectory } from "./git-directory.ts";
import type { FileLock } from "./file-lock.ts";
import { tryLock } from "./file-lock.ts";
import { hasCode, runGit } from "./run-git.ts";

/** Where one repository's mirror and its two locks lie: `use` is shared by readers, `write` held by whoever changes it. */
export interface MirrorPaths {
  readonly git: string;
  readonly use: string;
  readonly write: string;
}

/** The folder of all mirrors; several processes may share it. */
export interface MirrorFolder {
  readonly pathsOf: (repositoryId: number) => MirrorPaths;
  readonly directoryOf: (paths: MirrorPaths) => GitDirectory;
  /** Marks a mirror as used now, which eviction goes by. */
  readonly touch: (paths: MirrorPaths) => void;
  /** Deletes the mirrors used least recently until all fit into `maxBytes`; those in use stay. */
  readonly evict: (maxBytes: number) => Promise<void>;
}

export const createMirrorFolder = (dir: string, environment: Environment, clock: Clock): MirrorFolder => {
  const locks = join(dir, "locks");
  mkdirSync(locks, { recursive: true, mode: 0o700 });
  const pathsOf = (repositoryId: number): MirrorPaths => ({
    git: join(dir, `${repositoryId}.git`),
    use: join(locks, `${repositoryId}.use`),
    write: join(locks, `${repositoryId}.write`),
  });
  return {
    pathsOf,
    directoryOf: (paths) => ({ path: paths.git, outer: environment, variables: {}, settings: [] }),
    touch: (paths) => utimesSync(paths.use, clock.now(), clock.now()),
    evict: async (maxBytes) => {
      const mirrors = await measureMirrors(dir, pathsOf);
      let bytes = mirrors.reduce((sum, mirror) => sum + mirror.bytes, 0);
      for (const mirror of mirrors.toSorted((a, b) => a.usedAt - b.usedAt)) {
        if (bytes <= maxBytes) return;
        const lock = tryLock(mirror.paths.use, "exclusive");
        if (lock === null) continue;
        await releasing(lock, () => removeMirror(mirror.paths));
        bytes -= mirror.bytes;
      }
    },
  };
};

/** Releases a lock after work done under it, however that ends. */
export const releasing = async <T>(lock: FileLock, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } finally {
    lock.release();
  }
};

interface Measured {
  readonly paths: MirrorPaths;
  readonly bytes: number;
  readonly usedAt: number;
}

const measureMirrors = async (
  dir: string,
  pathsOf: (repositoryId: number) => MirrorPaths,
): Promise<readonly Measured[]> => {
  const ids = (await readdir(dir)).flatMap((name) => /^(\d+)\.git$/.exec(name)?.[1] ?? []);
  const measured: Measured[] = [];
  for (const paths of ids.map(Number).map(pathsOf)) {
    const used = await unlessGone(stat(paths.use));
    measured.push({ paths, bytes: await folderBytes(paths.git), usedAt: used?.mtimeMs ?? 0 });
  }
  return measured;
};

const folderBytes = async (folder: string): Promise<number> => {
  const entries = (await unlessGone(readdir(folder, { recursive: true, withFileTypes: true }))) ?? [];
  let bytes = 0;
  for (const entry of entries.filter((candidate) => candidate.isFile()))
    bytes += (await unlessGone(stat(join(entry.parentPath, entry.name))))?.size ?? 0;
  return bytes;
};

/** Another process may delete a mirror while this one looks at it. */
const unlessGone = async <T>(look: Promise<T>): Promise<T | null> => {
  try {
    return await look;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
};

/** git takes a folder without HEAD for no repository, so a mirror is gone from the first step on. */
export const removeMirror = async (paths: MirrorPaths): Promise<void> => {
  await rm(join(paths.git, "HEAD"), { force: true });
  await rm(paths.git, { recursive: true, force: true, maxRetries: 3 });
};

/** Tells a mirror from the one that took its place; null where there is none. */
export const generationOf = async (paths: MirrorPaths): Promise<string | null> => {
  const head = await unlessGone(stat(join(paths.git, "HEAD")));
  return head === null ? null : `${head.ino}:${head.ctimeMs}`;
};

/** Makes an empty mirror; what a removal left half done goes first. */
export const createMirror = async (directory: GitDirectory, paths: MirrorPaths, signal: AbortSignal): Promise<void> => {
  await removeMirror(paths);
  const args = ["init", "--quiet", "--bare", "--template=", paths.git];
  await runGit(directory, { args, cwd: join(paths.git, "..") }, signal);
};
