/** RIGHT is the head of the pull request, LEFT its merge base: GitHub's terms. */
export type Side = "LEFT" | "RIGHT";

/** One line of a hunk. Exactly the sides on which it stands carry a 1-based line number. */
export type HunkLine =
  | { readonly kind: "context"; readonly left: number; readonly right: number; readonly text: string }
  | { readonly kind: "added"; readonly right: number; readonly text: string }
  | { readonly kind: "removed"; readonly left: number; readonly text: string };

/**
 * A hunk of a unified diff with three lines of context. For
 *
 *     @@ -10,3 +10,4 @@ function pay()
 *
 * `leftStart` is 10, `leftCount` 3, `rightStart` 10, `rightCount` 4, `heading` "function pay()".
 * Line texts hold no line end; a carriage return before it is kept.
 */
export interface Hunk {
  readonly leftStart: number;
  readonly leftCount: number;
  readonly rightStart: number;
  readonly rightCount: number;
  readonly heading: string;
  readonly lines: readonly HunkLine[];
}

export type FileStatus = "added" | "modified" | "deleted" | "renamed" | "copied" | "type_changed";

/** What git says an entry is: a submodule is a pointer, a symlink a path in a blob; neither is ever followed. */
export type EntryKind = "file" | "executable" | "symlink" | "submodule";

/** One changed file: paths, status, modes and counts are git's own (`--raw --numstat -z`), hunks are parsed. */
export interface ChangedFile {
  /** Path at the head; for a deleted file its path at the base. Unquoted. */
  readonly path: string;
  /** Path at the base where it differs (renamed, copied). */
  readonly oldPath: string | null;
  readonly status: FileStatus;
  readonly oldKind: EntryKind | null;
  readonly newKind: EntryKind | null;
  readonly oldMode: string | null;
  readonly newMode: string | null;
  readonly additions: number;
  readonly deletions: number;
  readonly binary: boolean;
  readonly hunks: readonly Hunk[];
  /** Why the hunks cannot be trusted or were not read in full; such a file takes no line comments. */
  readonly partial: string | null;
}

/** The diff of a change: merge base…head. */
export interface ChangeDiff {
  readonly mergeBase: string;
  readonly head: string;
  readonly files: readonly ChangedFile[];
}

/** How much of one changed file was read, for the coverage list. `reason` is null only for "full". */
export interface FileCoverage {
  readonly path: string;
  readonly read: "full" | "partial" | "none";
  readonly reason: string | null;
}
