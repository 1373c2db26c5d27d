import type { ChangedFile } from "../core/change.ts";
import type { DiffLimits } from "../core/diff/read-diff.ts";
import { createDiffReader } from "../core/diff/read-diff.ts";
import type { GitDirectory } from "./git-directory.ts";
import { GitError } from "./git-error.ts";
import { runGit } from "./run-git.ts";

/** One run gives list, counts and hunks. Every knob that configuration could turn is fixed here. */
const diffArgs = [
  ["diff-tree", "-r", "-z", "--raw", "--numstat", "-p", "-U3", "--inter-hunk-context=0"],
  ["--no-abbrev", "--full-index", "--find-renames=50%", "-l1000", "--diff-algorithm=myers", "--indent-heuristic"],
  ["--no-ext-diff", "--no-textconv", "--no-color", "--no-relative", "--submodule=short", "--ignore-submodules=none"],
  ["--src-prefix=a/", "--dst-prefix=b/"],
].flat();

export interface DiffWish {
  readonly base: string;
  readonly head: string;
  readonly limits: DiffLimits;
}

/**
 * The changed files between two commits' trees, with hunks up to the limits. `sinceMergeBase` takes their merge base in
 * the place of `base`, and fails where they have several.
 */
export const diffCommits = async (
  directory: GitDirectory,
  { base, head, limits, sinceMergeBase = false }: DiffWish & { readonly sinceMergeBase?: boolean },
  signal: AbortSignal,
): Promise<readonly ChangedFile[]> => {
  const reader = createDiffReader(limits);
  const args = [...diffArgs, ...(sinceMergeBase ? ["--merge-base"] : []), base, head];
  await runGit(directory, { args, onChunk: reader.push }, signal);
  const files = reader.end();
  if (files === null) throw new GitError("too_large", "the change touches more files than can be listed");
  return files;
};
