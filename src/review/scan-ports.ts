/** The part of a change's trees that answers one question about many names or paths at once, within a given time. */

export interface ScanQuery {
  readonly at: "head" | "base";
  /** Plain text found as whole words, or one POSIX extended regular expression. */
  readonly find: { readonly words: readonly string[] } | { readonly pattern: string };
  /** Exact paths; null for the whole tree. */
  readonly paths: readonly string[] | null;
  readonly maxMatches: number;
  readonly timeoutMs: number;
}

export interface ScanMatch {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

export interface TouchingQuery {
  readonly paths: readonly string[];
  readonly max: number;
  readonly timeoutMs: number;
}

/** A commit of the base with those of the asked paths that it touched. */
export interface TouchingCommit {
  readonly sha: string;
  readonly date: string;
  readonly subject: string;
  readonly paths: readonly string[];
}

export interface TreeScans {
  /** Matching lines in the order of paths; `truncated` when matches or time ran out. */
  readonly scan: (
    query: ScanQuery,
    signal: AbortSignal,
  ) => Promise<{ readonly matches: readonly ScanMatch[]; readonly truncated: boolean }>;
  /** The newest commits up to the merge base that touched any of the paths, merges left out; what was found in time. */
  readonly commitsTouching: (query: TouchingQuery, signal: AbortSignal) => Promise<readonly TouchingCommit[]>;
}
