import { readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { ChangeSource } from "../review/ports.ts";
import type { FetchWish } from "./fetch-commits.ts";
import { baseRef, fetchCommits, headRef } from "./fetch-commits.ts";
import type { GitDirectory } from "./git-directory.ts";
import type { MirrorPaths } from "./mirror-folder.ts";
import { createMirror, generationOf } from "./mirror-folder.ts";
import type { ObjectReader } from "./object-reader.ts";
import { runGit } from "./run-git.ts";

/**
 * Whether both commits were fetched for this pull request before. References are written last, when git has made sure
 * that nothing is missing behind them; an object alone proves nothing.
 */
export const holdsCommits = async (
  objects: ObjectReader,
  source: ChangeSource,
  signal: AbortSignal,
): Promise<boolean> => {
  const [head, base] = await Promise.all([
    objects.read(headRef(source), 0, signal),
    objects.read(baseRef(source), 0, signal),
  ]);
  return head?.id === source.headSha && base?.id === source.baseSha;
};

export interface Refresh {
  readonly paths: MirrorPaths;
  readonly wish: FetchWish;
  /** A reader of the mirror as it was before the lock was waited for. */
  readonly objects: ObjectReader | null;
  /** The generation of a mirror that is not to be used any more. */
  readonly damaged: string | null;
}

/** Brings a mirror up to date; to be called by the holder of its write lock. */
export const refreshMirror = async (
  directory: GitDirectory,
  { paths, wish, objects, damaged }: Refresh,
  signal: AbortSignal,
): Promise<void> => {
  const generation = await generationOf(paths);
  if (generation === null || generation === damaged) await createMirror(directory, paths, signal);
  // Another process may have fetched the same while this one waited.
  else if (objects !== null && (await holdsCommits(objects, wish.source, signal))) return;
  else await sweep(paths.git);
  await fetchCommits(directory, wish, signal);
};

/** Removes what a killed writer left: locks of git's own, which nobody can hold now, and packs received in part. */
const sweep = async (git: string): Promise<void> => {
  const names = [
    ...(await readdir(git)),
    ...(await readdir(join(git, "refs"), { recursive: true })).map((name) => join("refs", name)),
    ...(await readdir(join(git, "objects", "pack"))).map((name) => join("objects", "pack", name)),
  ];
  for (const name of names.filter((path) => path.endsWith(".lock") || basename(path).startsWith("tmp_")))
    await rm(join(git, name), { force: true });
};

/** From this number of packs on, reading slows down. */
const manyPacks = 24;

/** Joins the small packs that fetches leave behind; to be called by the holder of the write lock. */
export const tidyMirror = async (directory: GitDirectory, signal: AbortSignal): Promise<void> => {
  const names = await readdir(join(directory.path, "objects", "pack"));
  if (names.filter((name) => name.endsWith(".pack")).length < manyPacks) return;
  await runGit(directory, { args: ["repack", "--quiet", "-d", "--geometric=2"] }, signal);
  await runGit(directory, { args: ["pack-refs", "--all"] }, signal);
};
