import { parseHunks } from "./parse-patch.ts";
import type { PatchHunk } from "./parse-patch.ts";
import type { GitProgram } from "./run-git.ts";

export interface DiffFile {
  readonly path: string;
  readonly previousPath: string | null;
  /** git's letter: A, M, D, R, C or T. */
  readonly letter: string;
  readonly oldMode: string;
  readonly newMode: string;
  /** Blob at the head, at the base for a deleted file. */
  readonly blob: string;
  readonly additions: number;
  readonly deletions: number;
  /** From the first `@@`, without a final line end; null where there is none (binary, pure rename, mode change). */
  readonly patch: string | null;
  /** The file's section of the whole diff. */
  readonly text: string;
  readonly hunks: readonly PatchHunk[];
}

/** The diff of a pull request as GitHub computes it: merge base…head, three lines of context. */
export interface PullDiff {
  readonly mergeBase: string;
  readonly head: string;
  readonly files: ReadonlyMap<string, DiffFile>;
  readonly additions: number;
  readonly deletions: number;
}

const knobs = ["-r", "-M", "--no-color", "--no-ext-diff", "--no-textconv", "--diff-algorithm=myers", "--full-index"];

interface RawEntry {
  readonly oldMode: string;
  readonly newMode: string;
  readonly oldBlob: string;
  readonly newBlob: string;
  readonly letter: string;
  readonly paths: readonly [string, string | null];
}

const readRaw = (fields: readonly string[]): readonly RawEntry[] => {
  const entries: RawEntry[] = [];
  for (let at = 0; at < fields.length && fields[at]?.startsWith(":");) {
    const [oldMode = "", newMode = "", oldBlob = "", newBlob = "", status = ""] = (fields[at] ?? "")
      .slice(1)
      .split(" ");
    const moved = status.startsWith("R") || status.startsWith("C");
    const first = fields[at + 1] ?? "";
    const paths: readonly [string, string | null] = moved ? [fields[at + 2] ?? "", first] : [first, null];
    entries.push({ oldMode, newMode, oldBlob, newBlob, letter: status.slice(0, 1), paths });
    at += moved ? 3 : 2;
  }
  return entries;
};

// Headers stand at the start of a line; hunk lines never do, they begin with a blank, "+", "-" or "\\". The patterns do
// without the m flag: with it, `^` also matches after a lone carriage return and after U+2028 inside a line.
const splitSections = (patch: string): readonly string[] => {
  const starts = [...patch.matchAll(/(?<=^|\n)diff --git /g)].map((found) => found.index);
  return starts.map((start, index) => patch.slice(start, starts[index + 1] ?? patch.length));
};

const bodyOf = (section: string): string | null => {
  const start = section.search(/(?<=\n)@@ /);
  return start === -1 ? null : section.slice(start).replace(/\n$/, "");
};

const countLines = (hunks: readonly PatchHunk[], sign: string): number =>
  hunks.reduce((sum, hunk) => sum + hunk.lines.filter((line) => line.startsWith(sign)).length, 0);

const toFile = (entry: RawEntry, text: string): DiffFile => {
  const patch = bodyOf(text);
  const hunks = patch === null ? [] : parseHunks(patch);
  return {
    path: entry.paths[0],
    previousPath: entry.paths[1],
    letter: entry.letter,
    oldMode: entry.oldMode,
    newMode: entry.newMode,
    blob: entry.letter === "D" ? entry.oldBlob : entry.newBlob,
    additions: countLines(hunks, "+"),
    deletions: countLines(hunks, "-"),
    patch,
    text,
    hunks,
  };
};

// A change of type (a file that becomes a symlink) is one raw entry and two sections: deletion, then creation.
const joinSections = (entries: readonly RawEntry[], sections: readonly string[]): readonly DiffFile[] => {
  let next = 0;
  return entries.map((entry) => {
    const width = entry.letter === "T" ? 2 : 1;
    const text = sections.slice(next, next + width).join("");
    next += width;
    return toFile(entry, text);
  });
};

/** Changed files between two commits, in git's order. */
export async function diffTrees(
  git: GitProgram,
  gitDir: string,
  pair: readonly [string, string],
): Promise<readonly DiffFile[]> {
  const [raw, patch] = await Promise.all([
    git.run(gitDir, { args: ["diff-tree", ...knobs, "--raw", "-z", ...pair] }),
    git.run(gitDir, { args: ["diff-tree", ...knobs, "-U3", "--src-prefix=a/", "--dst-prefix=b/", "-p", ...pair] }),
  ]);
  return joinSections(readRaw(raw.toString("utf8").split("\0")), splitSections(patch.toString("utf8")));
}

const sum = (files: readonly DiffFile[], of: (file: DiffFile) => number): number =>
  files.reduce((total, file) => total + of(file), 0);

async function findMergeBase(git: GitProgram, gitDir: string, pair: { base: string; head: string }): Promise<string> {
  const out = await git.run(gitDir, { args: ["merge-base", pair.base, pair.head] });
  return out.toString("utf8").trim();
}

async function computePullDiff(
  git: GitProgram,
  gitDir: string,
  pair: { base: string; head: string },
): Promise<PullDiff> {
  const mergeBase = await findMergeBase(git, gitDir, pair);
  const files = await diffTrees(git, gitDir, [mergeBase, pair.head]);
  return {
    mergeBase,
    head: pair.head,
    files: new Map(files.map((file) => [file.path, file])),
    additions: sum(files, (file) => file.additions),
    deletions: sum(files, (file) => file.deletions),
  };
}

export type ReadPullDiff = (
  gitDir: string,
  pair: { readonly base: string; readonly head: string },
) => Promise<PullDiff>;

/** Computes each diff once; the newest few are kept, as they can be large. */
export function createDiffCache(git: GitProgram, capacity = 16): ReadPullDiff {
  const kept = new Map<string, Promise<PullDiff>>();
  return (gitDir, pair) => {
    const key = `${gitDir} ${pair.base} ${pair.head}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const computed = computePullDiff(git, gitDir, pair);
    kept.set(key, computed);
    const [oldest] = kept.keys();
    if (kept.size > capacity && oldest !== undefined) kept.delete(oldest);
    return computed;
  };
}
