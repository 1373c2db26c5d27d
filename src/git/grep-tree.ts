import { foldersOfGlobs, matchGlobs } from "../core/match-globs.ts";
import type { GrepQuery } from "../review/ports.ts";
import type { GitDirectory } from "./git-directory.ts";
import { GitError } from "./git-error.ts";
import { runGit } from "./run-git.ts";

/** A matching line, without its surroundings. */
export interface GrepHit {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

export interface TreeSearch {
  readonly query: GrepQuery;
  readonly commit: string;
  /** A pattern may take for ever; what was found until then is the answer. */
  readonly timeoutMs: number;
}

export type GrepHits =
  { readonly hits: readonly GrepHit[]; readonly truncated: boolean } | { readonly invalid: string };

/** A matching line is shown up to this many characters: minified files have lines of megabytes. */
const maxLineLength = 1000;
const maxPatternLength = 1000;
/** glibc unrolls repetitions: nested ones of a few hundred take gigabytes before the first line is read. */
const maxRepetitions = 1000;

/** Searches the regular files of a commit, binaries left out. */
export const grepTree = async (directory: GitDirectory, search: TreeSearch, signal: AbortSignal): Promise<GrepHits> => {
  const { query, commit, timeoutMs } = search;
  const refusal = refusePattern(query);
  if (refusal !== null) return { invalid: refusal };
  const reader = createHitReader(commit, matchGlobs(query.globs), query.maxMatches);
  const args = [
    ["grep", "-I", "-n", "-z", "--full-name", "--no-color", query.fixed ? "-F" : "-E"],
    query.ignoreCase ? ["-i"] : [],
    ["-e", query.pattern, commit, "--", ...foldersOfGlobs(query.globs)],
  ].flat();
  try {
    const nothingFound = 1;
    const result = await runGit(directory, { args, onChunk: reader.push, timeoutMs, answers: [nothingFound] }, signal);
    return { hits: reader.hits(), truncated: result.stopped !== null };
  } catch (error) {
    const invalid = error instanceof GitError ? patternComplaint(error) : null;
    if (invalid === null) throw error;
    return { invalid };
  }
};

const refusePattern = ({ pattern, fixed }: GrepQuery): string | null => {
  if (pattern === "") return "the pattern is empty";
  if (pattern.includes("\0")) return "the pattern holds a NUL";
  if (pattern.length > maxPatternLength) return `the pattern is over ${maxPatternLength} characters`;
  if (fixed) return null;
  const counts = [...pattern.matchAll(/\{(\d*),?(\d*)\}/g)].map(([, from, to]) =>
    Math.max(Number(from), Number(to), 1),
  );
  const product = counts.reduce((all, count) => all * count, 1);
  return product > maxRepetitions ? `its repetitions multiply to more than ${maxRepetitions}` : null;
};

/** "-e option, '<pattern>': <reason>" is git's word for a pattern that does not compile. */
const patternComplaint = (error: GitError): string | null => {
  const [, reason] = /^git grep: -e option, '[^]*': ([^']*)$/.exec(error.message) ?? [];
  return reason ?? null;
};

/** Reads "<commit>:<path>", NUL, line number, NUL, text, line feed. */
export const createHitReader = (commit: string, isWanted: (path: string) => boolean, maxMatches: number) => {
  const hits: GrepHit[] = [];
  let rest: Buffer = Buffer.alloc(0);

  const takeRecord = (): boolean => {
    const pathEnd = rest.indexOf(0);
    const numberEnd = pathEnd === -1 ? -1 : rest.indexOf(0, pathEnd + 1);
    const end = numberEnd === -1 ? -1 : rest.indexOf(0x0a, numberEnd + 1);
    if (end === -1) return false;
    const path = rest.toString("utf8", commit.length + 1, pathEnd);
    const text = rest.toString("utf8", numberEnd + 1, Math.min(end, numberEnd + 1 + 4 * maxLineLength));
    const line = Number(rest.toString("latin1", pathEnd + 1, numberEnd));
    if (isWanted(path)) hits.push({ path, line, text: text.slice(0, maxLineLength) });
    rest = rest.subarray(end + 1);
    return hits.length <= maxMatches;
  };

  return {
    push: (chunk: Buffer): boolean => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      while (takeRecord());
      return hits.length <= maxMatches;
    },
    hits: (): readonly GrepHit[] => hits.slice(0, maxMatches),
  };
};
