import type { ChangedFile } from "../core/change.ts";
import type { DiffLimits } from "../core/diff/read-diff.ts";
import type { ChangeTrees } from "../review/ports.ts";
import type { GitDirectory } from "./git-directory.ts";
import { bigFileBytes } from "./git-directory.ts";
import type { ObjectReader } from "./object-reader.ts";
import { openTrees } from "./open-trees.ts";
import { runGit } from "./run-git.ts";
import type { TreeWalker } from "./tree-walker.ts";
import { createTreeWalker } from "./tree-walker.ts";

/** What reading is bounded by, in bytes and milliseconds. */
export interface ReadLimits extends DiffLimits {
  /** Bytes of one file that are read. */
  readonly maxFileBytes: number;
  /** Time that one search or one look into history may take. */
  readonly timeoutMs: number;
}

const mebibyte = 1024 * 1024;

export const readLimits: ReadLimits = {
  bytesOfList: 32 * mebibyte,
  bytesPerFile: 2 * mebibyte,
  bytesInAll: 64 * mebibyte,
  maxFileBytes: 2 * mebibyte,
  timeoutMs: 15_000,
};

interface ChangeCommits {
  readonly mergeBase: string;
  readonly head: string;
  /** A commit whose tree is the base branch's tip. */
  readonly baseTip: string;
}

export interface OpenChange {
  readonly directory: GitDirectory;
  readonly objects: ObjectReader;
  readonly commits: ChangeCommits;
  /** The diff from the merge base to the head. */
  readonly changed: readonly ChangedFile[];
  readonly limits: ReadLimits;
  readonly onClose: () => Promise<void>;
}

/** Opens both trees of a diff that was read. The trees own `objects` from then on; when this throws, the caller does. */
export const openChange = async (change: OpenChange, signal: AbortSignal): Promise<ChangeTrees> => {
  const { directory, objects, commits, changed, limits } = change;
  const { mergeBase, head } = commits;
  const walker = createTreeWalker(objects);
  const files = await markOversized(directory, { changed, commits, walker }, signal);
  return openTrees({ ...change, walker, diff: { mergeBase, head, files }, ...limits, baseTip: commits.baseTip });
};

interface Diffed {
  readonly changed: readonly ChangedFile[];
  readonly commits: ChangeCommits;
  readonly walker: TreeWalker;
}

/** git calls files binary that are too large for it to compare; only their size tells them from real binaries. */
const markOversized = async (
  directory: GitDirectory,
  { changed, commits, walker }: Diffed,
  signal: AbortSignal,
): Promise<readonly ChangedFile[]> => {
  const ids = new Map<string, ChangedFile>();
  for (const file of changed.filter((candidate) => candidate.binary)) {
    const old = await walker.find(commits.mergeBase, file.oldPath ?? file.path, signal);
    const now = await walker.find(commits.head, file.path, signal);
    for (const entry of [old, now]) if (entry !== null) ids.set(entry.id, file);
  }
  if (ids.size === 0) return changed;
  const input = [...ids.keys(), ""].join("\n");
  const args = ["cat-file", "--batch-check=%(objectsize) %(objectname)"];
  const { stdout } = await runGit(directory, { args, input }, signal);
  const large = stdout
    .toString("latin1")
    .split("\n")
    .filter((line) => Number.parseInt(line, 10) > bigFileBytes);
  const oversized = new Set(large.map((line) => ids.get(line.split(" ")[1] ?? "")));
  const partial = `it is over ${bigFileBytes / mebibyte} MiB, too large to be compared line by line`;
  return changed.map((file) => (oversized.has(file) ? { ...file, partial } : file));
};
