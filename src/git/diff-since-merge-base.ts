import type { ChangedFile } from "../core/change.ts";
import { diffCommits, type DiffWish } from "./diff-commits.ts";
import type { GitDirectory } from "./git-directory.ts";
import { GitError } from "./git-error.ts";
import { mergeBaseOf } from "./merge-base.ts";

/**
 * The merge base of two commits and the diff from there to `head`, by two commands at the same time. Throws as
 * `mergeBaseOf` and `diffCommits` do.
 */
export const diffSinceMergeBase = async (
  directory: GitDirectory,
  wish: DiffWish,
  signal: AbortSignal,
): Promise<{ readonly mergeBase: string; readonly changed: readonly ChangedFile[] }> => {
  const [found, diffed] = await Promise.allSettled([
    mergeBaseOf(directory, [wish.base, wish.head], signal),
    diffCommits(directory, { ...wish, sinceMergeBase: true }, signal),
  ]);
  // Without a merge base the diff fails as well, and less clearly.
  if (found.status === "rejected") throw found.reason;
  const mergeBase = found.value;
  if (diffed.status === "fulfilled") return { mergeBase, changed: diffed.value };
  if (!refusesToChoose(diffed.reason)) throw diffed.reason;
  return { mergeBase, changed: await diffCommits(directory, { ...wish, base: mergeBase }, signal) };
};

/** Branches that were merged into each other have several merge bases; `git diff-tree` then gives up. */
const refusesToChoose = (error: unknown): boolean => error instanceof GitError && error.kind === "failed";
