import { matchGlobs } from "../core/match-globs.ts";
import type { ChangeDiff } from "../core/change.ts";
import type { ChangeTrees, FileContent, GrepMatch, GrepQuery, TreeSide } from "../review/ports.ts";
import { commitsTouching } from "./commits-touching.ts";
import type { GitDirectory } from "./git-directory.ts";
import type { GrepHit } from "./grep-tree.ts";
import { grepTree } from "./grep-tree.ts";
import { readBlame, readLog } from "./history.ts";
import { listPaths } from "./list-paths.ts";
import type { ObjectReader } from "./object-reader.ts";
import { readAttributes } from "./read-attributes.ts";
import { readContent } from "./read-content.ts";
import { scanTree } from "./scan-tree.ts";
import type { TreeWalker } from "./tree-walker.ts";

export interface TreesSource {
  readonly directory: GitDirectory;
  readonly objects: ObjectReader;
  readonly walker: TreeWalker;
  readonly diff: ChangeDiff;
  /** A commit whose tree is the base branch's tip. */
  readonly baseTip: string;
  /** Bytes of a file that are read. */
  readonly maxFileBytes: number;
  /** Time that one search or one look into history may take. */
  readonly timeoutMs: number;
  readonly onClose: () => Promise<void>;
}

/** Both trees of a change in a repository that holds their commits. Closing them ends `objects` as well. */
export const openTrees = (source: TreesSource): ChangeTrees => {
  const { directory, objects, walker, diff, timeoutMs } = source;
  const commits: Readonly<Record<TreeSide, string>> = { head: diff.head, base: diff.mergeBase };
  const lists = new Map<TreeSide, readonly string[]>();
  let closing: Promise<void> | null = null;

  const readAt = async (commit: string, path: string, signal: AbortSignal): Promise<FileContent> => {
    const entry = await walker.find(commit, path, signal);
    return readContent(objects, { entry, maxBytes: source.maxFileBytes }, signal);
  };
  const listAt = async (at: TreeSide, signal: AbortSignal): Promise<readonly string[]> => {
    const paths = lists.get(at) ?? (await listPaths(directory, commits[at], signal));
    lists.set(at, paths);
    return paths;
  };

  return {
    diff,
    read: (at, path, signal) => readAt(commits[at], path, signal),
    readBaseTip: (path, signal) => readAt(source.baseTip, path, signal),
    kindOf: async (at, path, signal) => (await walker.find(commits[at], path, signal))?.kind ?? null,
    list: async ({ at, globs, max }, signal) => {
      signal.throwIfAborted();
      const paths = (await listAt(at, signal)).filter(matchGlobs(globs));
      return { paths: paths.slice(0, max), truncated: paths.length > max };
    },
    grep: async (query, signal) => {
      const found = await grepTree(directory, { query, commit: commits[query.at], timeoutMs }, signal);
      if ("invalid" in found) return found;
      const read = (path: string): Promise<FileContent> => readAt(commits[query.at], path, signal);
      return { matches: await withContext(found.hits, query, read), truncated: found.truncated };
    },
    log: ({ path, max }, signal) => readLog(directory, { commit: diff.head, path, max, timeoutMs }, signal),
    blame: async ({ at, ...lines }, signal) => {
      const commit = commits[at];
      const entry = await walker.find(commit, lines.path, signal);
      if (entry === null || entry.kind === "submodule") return [];
      return readBlame(directory, { ...lines, commit, timeoutMs }, signal);
    },
    scan: (query, signal) => scanTree(directory, { commit: commits[query.at], query }, signal),
    commitsTouching: (query, signal) => commitsTouching(directory, { commit: commits.base, query }, signal),
    attributed: (paths, signal) => readAttributes(directory, { walker, commit: source.baseTip, paths }, signal),
    close: () => {
      closing ??= objects.close().then(source.onClose);
      return closing;
    },
  };
};

/** git grep's own context cannot be told from its matches when paths end with NUL, so it is read from the files. */
const withContext = async (
  hits: readonly GrepHit[],
  { contextLines }: GrepQuery,
  read: (path: string) => Promise<FileContent>,
): Promise<readonly GrepMatch[]> => {
  const texts = new Map<string, readonly string[]>();
  for (const path of contextLines > 0 ? new Set(hits.map((hit) => hit.path)) : []) {
    const content = await read(path);
    texts.set(path, content.kind === "text" ? content.text.replace(/\n$/, "").split("\n") : []);
  }
  return hits.map((hit) => {
    const lines = texts.get(hit.path) ?? [];
    const before = lines.slice(Math.max(0, hit.line - 1 - contextLines), hit.line - 1);
    return { ...hit, before, after: lines.slice(hit.line, hit.line + contextLines) };
  });
};
