import type { ChangeTrees } from "../review/ports.ts";
import type { BorrowedRepository } from "./borrow-objects.ts";
import { borrowObjects } from "./borrow-objects.ts";
import type { Environment, GitDirectory } from "./git-directory.ts";
import { GitError, onDisk } from "./git-error.ts";
import type { FoundRepository } from "./locate-repository.ts";
import { locateRepository, resolveCommit } from "./locate-repository.ts";
import type { DiffWish } from "./diff-commits.ts";
import { diffSinceMergeBase } from "./diff-since-merge-base.ts";
import { createObjectReader } from "./object-reader.ts";
import type { ReadLimits } from "./open-change.ts";
import { openChange, readLimits } from "./open-change.ts";
import { commitNothing, snapshotWorktree } from "./snapshot-worktree.ts";

/** What to review: commits since they left `base`, or the working tree as it stands, against `base` or HEAD. */
export type LocalRange =
  | { readonly kind: "commits"; readonly base: string; readonly head: string }
  | { readonly kind: "uncommitted"; readonly base: string | null };

/** `refused` is one sentence for the person who asked. */
export type LocalOpening =
  { readonly opened: true; readonly trees: ChangeTrees } | { readonly opened: false; readonly refused: string };

/** A repository on this machine, which is read and never written. */
export interface LocalRepository {
  readonly open: (range: LocalRange, signal: AbortSignal) => Promise<LocalOpening>;
}

export interface LocalOptions {
  /** A folder anywhere in the repository. */
  readonly dir: string;
  /** Of which PATH reaches git, and HOME the look-up of ignored files. */
  readonly environment: Environment;
  readonly limits?: ReadLimits;
}

export const createLocalRepository = ({ dir, environment, limits = readLimits }: LocalOptions): LocalRepository => ({
  open: (range, signal) => onDisk(() => openLocal({ dir, environment, limits }, range, signal)),
});

const openLocal = async (
  { dir, environment, limits }: Required<LocalOptions>,
  range: LocalRange,
  signal: AbortSignal,
): Promise<LocalOpening> => {
  const located = await locateRepository(dir, environment, signal);
  if ("refused" in located) return { opened: false, refused: located.refused };
  const borrowed = await borrowObjects(located.found, signal);
  try {
    const opening = await openRange({ repository: located.found, borrowed, limits }, range, signal);
    if (!opening.opened) await borrowed.remove();
    return opening;
  } catch (error) {
    await borrowed.remove();
    throw error;
  }
};

interface Local {
  readonly repository: FoundRepository;
  readonly borrowed: BorrowedRepository;
  readonly limits: ReadLimits;
}

const openRange = async (local: Local, range: LocalRange, signal: AbortSignal): Promise<LocalOpening> => {
  const { directory, remove } = local.borrowed;
  const ends = await endsOf(local, range, signal);
  if ("refused" in ends) return { opened: false, refused: ends.refused };
  const { limits } = local;
  const diff = await diffIfAny(directory, { ...ends, limits }, signal);
  if (diff === null) return { opened: false, refused: `${ends.names} share no history${shallowHint(local)}` };
  const { mergeBase, changed } = diff;
  const objects = createObjectReader(directory);
  const commits = { mergeBase, head: ends.head, baseTip: ends.base };
  try {
    const trees = await openChange({ directory, objects, commits, changed, limits, onClose: remove }, signal);
    if (trees.diff.files.length > 0) return { opened: true, trees };
    await objects.close();
    return { opened: false, refused: `there is nothing to review: ${ends.names} hold the same files` };
  } catch (error) {
    await objects.close();
    throw error;
  }
};

interface Ends {
  readonly base: string;
  readonly head: string;
  /** Both, in the person's words. */
  readonly names: string;
}
type EndsOrRefusal = Ends | { readonly refused: string };

const endsOf = (local: Local, range: LocalRange, signal: AbortSignal): Promise<EndsOrRefusal> =>
  range.kind === "commits" ? committedEnds(local, range, signal) : uncommittedEnds(local, range.base, signal);

const committedEnds = async (
  local: Local,
  names: { readonly base: string; readonly head: string },
  signal: AbortSignal,
): Promise<EndsOrRefusal> => {
  const base = await resolveCommit(local.repository, names.base, signal);
  if (base === null) return unknownRevision(local, names.base);
  const head = await resolveCommit(local.repository, names.head, signal);
  if (head === null) return unknownRevision(local, names.head);
  return { base, head, names: `${names.base} and ${names.head}` };
};

const uncommittedEnds = async (local: Local, against: string | null, signal: AbortSignal): Promise<EndsOrRefusal> => {
  const { repository, borrowed } = local;
  const { worktree } = repository;
  if (worktree === null)
    return { refused: "a bare repository has no working tree: name two commits with --base and --head" };
  const named = against === null ? null : await resolveCommit(repository, against, signal);
  if (against !== null && named === null) return unknownRevision(local, against);
  const parent = (await resolveCommit(repository, "HEAD", signal)) ?? (await commitNothing(borrowed.directory, signal));
  const head = await snapshotWorktree(borrowed.directory, { repository, worktree, parent }, signal);
  return { base: named ?? parent, head, names: `${against ?? "HEAD"} and the working tree` };
};

const unknownRevision = (local: Local, name: string): { readonly refused: string } => ({
  refused: `${name} names no commit here${shallowHint(local)}`,
});

const shallowHint = ({ repository }: Local): string =>
  repository.shallow === null ? "" : "; the clone is shallow, `git fetch --unshallow` brings the rest";

/** Null where the two commits have no history in common. */
const diffIfAny = async (directory: GitDirectory, wish: DiffWish, signal: AbortSignal) => {
  try {
    return await diffSinceMergeBase(directory, wish, signal);
  } catch (error) {
    if (error instanceof GitError && error.kind === "no_merge_base") return null;
    throw error;
  }
};
