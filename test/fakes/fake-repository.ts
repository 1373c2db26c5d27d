import picomatch from "picomatch";
import { matchGlobs } from "../../src/core/match-globs.ts";
import { OperationalError } from "../../src/review/errors.ts";
import type {
  BlameLine,
  ChangeSource,
  ChangeTrees,
  GrepMatch,
  GrepQuery,
  LogEntry,
  Repository,
  TreeSide,
} from "../../src/review/ports.ts";
import type { ScanMatch, ScanQuery } from "../../src/review/scan-ports.ts";
import { fakeDiff } from "./fake-diff.ts";
import type { FakeTree } from "./fake-tree.ts";
import { contentOfEntry, entryOf, kindOfEntry, linesOf, textOfEntry } from "./fake-tree.ts";

/** A change made of two trees. History is two commits: everything of `base`, then everything of `head`. */
export interface FakeChange {
  readonly base: FakeTree;
  readonly head: FakeTree;
  /** The tip of the base branch; `base` where it did not move on. */
  readonly baseTip?: FakeTree;
  /** New path → old path. */
  readonly renames?: Readonly<Record<string, string>>;
  readonly mergeBase?: string;
  /** What the base's one commit is called. */
  readonly baseSubject?: string;
  readonly headSha?: string;
}

const baseCommit = { sha: "b".repeat(40), date: "2026-01-01T00:00:00.000Z", author: "Base Author", subject: "base" };
const headCommit = { sha: "a".repeat(40), date: "2026-01-02T00:00:00.000Z", author: "Head Author", subject: "head" };

/** Both trees of a change, in memory. */
export const createFakeTrees = (change: FakeChange): ChangeTrees => {
  const trees: Readonly<Record<TreeSide, FakeTree>> = { base: change.base, head: change.head };
  const commits = {
    base: { ...baseCommit, sha: change.mergeBase ?? baseCommit.sha },
    head: { ...headCommit, sha: change.headSha ?? headCommit.sha },
  };
  const files = fakeDiff(change.base, change.head, change.renames ?? {});
  const baseTip = change.baseTip ?? change.base;
  return {
    diff: { mergeBase: commits.base.sha, head: commits.head.sha, files },
    read: heard((at: TreeSide, path: string) => contentOfEntry(entryOf(trees[at], path))),
    readBaseTip: async (path, signal) => {
      signal.throwIfAborted();
      return contentOfEntry(entryOf(baseTip, path));
    },
    kindOf: heard((at: TreeSide, path: string) => {
      const entry = entryOf(trees[at], path);
      return entry === null ? null : kindOfEntry(entry);
    }),
    list: async ({ at, globs, max }, signal) => {
      signal.throwIfAborted();
      const paths = Object.keys(trees[at]).filter(matchGlobs(globs)).toSorted();
      return { paths: paths.slice(0, max), truncated: paths.length > max };
    },
    grep: async (query, signal) => {
      signal.throwIfAborted();
      return grepTree(trees[query.at], query);
    },
    log: async ({ path, max }, signal) => {
      signal.throwIfAborted();
      const entries: LogEntry[] = files.some((file) => file.path === path) ? [commits.head] : [];
      if (entryOf(change.base, path) !== null) entries.push(commits.base);
      return entries.slice(0, max);
    },
    blame: async ({ at, path, startLine, endLine }, signal) => {
      signal.throwIfAborted();
      const added = new Set(
        files
          .filter((file) => at === "head" && file.path === path)
          .flatMap((file) => file.hunks)
          .flatMap((hunk) => hunk.lines)
          .flatMap((line) => (line.kind === "added" ? [line.right] : [])),
      );
      const entry = entryOf(trees[at], path);
      const content = contentOfEntry(entry);
      const lines = linesOf(content.kind === "text" ? content.text : "");
      return lines.slice(startLine - 1, endLine).map((text, index): BlameLine => {
        const line = startLine + index;
        const { sha, date, subject } = added.has(line) ? commits.head : commits.base;
        return { line, sha, date, subject, text };
      });
    },
    scan: async ({ at, find, paths, maxMatches }, signal) => {
      signal.throwIfAborted();
      const matches = scanTree(trees[at], find, paths);
      return { matches: matches.slice(0, maxMatches), truncated: matches.length > maxMatches };
    },
    commitsTouching: async ({ paths, max }, signal) => {
      signal.throwIfAborted();
      const touched = paths.filter((path) => entryOf(change.base, path) !== null).toSorted();
      const { sha, date, subject } = { ...commits.base, subject: change.baseSubject ?? commits.base.subject };
      return touched.length === 0 ? [] : [{ sha, date, subject, paths: touched }].slice(0, max);
    },
    attributed: async (paths, signal) => {
      signal.throwIfAborted();
      return attributesOf(baseTip, paths);
    },
    close: async () => {},
  };
};

/** A repository of changes by head commit. It remembers what was opened, closed and forgotten. */
export const createFakeRepository = (changes: Readonly<Record<string, FakeChange>>) => {
  const opened: ChangeSource[] = [];
  const closed: string[] = [];
  const forgotten: number[] = [];
  const repository: Repository = {
    open: async (source, _access, signal) => {
      signal.throwIfAborted();
      opened.push(source);
      const change = changes[source.headSha];
      if (change === undefined) throw new OperationalError(`no commit ${source.headSha}`, { retryable: true });
      const trees = createFakeTrees({ headSha: source.headSha, ...change });
      return {
        ...trees,
        close: async () => {
          closed.push(source.headSha);
        },
      };
    },
    forget: async (repositoryId) => {
      forgotten.push(repositoryId);
    },
  };
  return { repository, opened, closed, forgotten };
};

const heard =
  <T>(answer: (at: TreeSide, path: string) => T) =>
  async (at: TreeSide, path: string, signal: AbortSignal): Promise<T> => {
    signal.throwIfAborted();
    return answer(at, path);
  };

const scanTree = (tree: FakeTree, find: ScanQuery["find"], paths: ScanQuery["paths"]): readonly ScanMatch[] => {
  const escaped = "words" in find ? find.words.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")) : [];
  const pattern = "words" in find ? new RegExp(`(?<!\\w)(?:${escaped.join("|")})(?!\\w)`) : new RegExp(find.pattern);
  if (paths?.length === 0 || ("words" in find && find.words.length === 0)) return [];
  return Object.keys(tree)
    .filter((path) => paths?.includes(path) ?? true)
    .toSorted()
    .flatMap((path) => grepFile({ tree, path, pattern, contextLines: 0 }))
    .map(({ path, line, text }) => ({ path, line, text }));
};

const grepTree = (
  tree: FakeTree,
  query: GrepQuery,
): { matches: readonly GrepMatch[]; truncated: boolean } | { invalid: string } => {
  const source = query.fixed ? query.pattern.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&") : query.pattern;
  let pattern: RegExp;
  try {
    pattern = new RegExp(source, query.ignoreCase ? "i" : "");
  } catch (error) {
    return { invalid: String(error) };
  }
  const matches = Object.keys(tree)
    .filter(matchGlobs(query.globs))
    .toSorted()
    .flatMap((path) => grepFile({ tree, path, pattern, contextLines: query.contextLines }));
  return { matches: matches.slice(0, query.maxMatches), truncated: matches.length > query.maxMatches };
};

interface FileSearch {
  readonly tree: FakeTree;
  readonly path: string;
  readonly pattern: RegExp;
  readonly contextLines: number;
}

/** git grep reads files only: no link targets, no submodules. */
const grepFile = ({ tree, path, pattern, contextLines }: FileSearch): readonly GrepMatch[] => {
  const content = contentOfEntry(entryOf(tree, path));
  if (content.kind !== "text") return [];
  const lines = linesOf(content.text);
  return lines.flatMap((text, index) =>
    pattern.test(text)
      ? [
          {
            path,
            line: index + 1,
            text,
            before: lines.slice(Math.max(0, index - contextLines), index),
            after: lines.slice(index + 1, index + 1 + contextLines),
          },
        ]
      : [],
  );
};

/** Lines of the root's .gitattributes such as `*.pb.go linguist-generated`; the last matching line wins. */
const attributesOf = (tree: FakeTree, paths: readonly string[]): ReadonlyMap<string, "generated" | "vendored"> => {
  const entry = entryOf(tree, ".gitattributes");
  const rules = linesOf((entry === null ? null : textOfEntry(entry)) ?? "").map((line) => line.split(/\s+/));
  const found = new Map<string, "generated" | "vendored">();
  for (const path of paths) {
    for (const [glob = "", attribute = ""] of rules) {
      if (!picomatch.isMatch(path, glob, { basename: !glob.includes("/"), dot: true })) continue;
      if (attribute.startsWith("linguist-generated")) found.set(path, "generated");
      if (attribute.startsWith("linguist-vendored")) found.set(path, "vendored");
    }
  }
  return found;
};
