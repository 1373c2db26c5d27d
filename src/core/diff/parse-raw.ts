import type { FileStatus } from "../change.ts";

/** One changed path as git lists it, before any hunk is read. */
export interface RawEntry {
  readonly path: string;
  readonly oldPath: string | null;
  readonly status: FileStatus;
  readonly oldMode: string | null;
  readonly newMode: string | null;
  readonly oldId: string;
  readonly newId: string;
  /** Null where git calls the file binary. */
  readonly counts: { readonly additions: number; readonly deletions: number } | null;
}

/** Paths are bytes for git; with `ignoreBOM` a byte order mark stays part of the text. */
export const gitText = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Reads the list that `git diff-tree -r -z --raw --numstat` prints: first every raw entry, then the counts of each in
 * the same order, all parts ended by NUL. Paths come unquoted, whatever they hold:
 *
 *     :100644 100644 422c2b7 0f7bc76 R090␀old.ts␀new.ts␀ … 3␉1␉␀old.ts␀new.ts␀
 *
 * Throws on anything else, as that would be a change of git's format and not of the data.
 */
export const parseRaw = (list: Uint8Array): readonly RawEntry[] => {
  const tokens = gitText.decode(list).split("\0")[Symbol.iterator]();
  const entries: Listed[] = [];
  const counts: Counted[] = [];
  for (const token of tokens) {
    if (token.startsWith(":")) entries.push(readEntry(token, () => nextPath(tokens)));
    else if (token !== "") counts.push(readCounts(token, () => nextPath(tokens)));
  }
  return entries.map((entry, index) => withCounts(entry, counts[index]));
};

type Listed = Omit<RawEntry, "counts">;
interface Counted {
  readonly path: string;
  readonly counts: RawEntry["counts"];
}

const statuses: Readonly<Record<string, FileStatus>> = {
  A: "added",
  C: "copied",
  D: "deleted",
  M: "modified",
  R: "renamed",
  T: "type_changed",
};

const rawPattern = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*$/;

const readEntry = (token: string, path: () => string): Listed => {
  const [, oldMode = "", newMode = "", oldId = "", newId = "", letter = ""] = rawPattern.exec(token) ?? [];
  const status = statuses[letter];
  if (status === undefined) throw new Error(`not an entry of git's raw format: ${token}`);
  const first = path();
  const moved = status === "renamed" || status === "copied";
  return {
    path: moved ? path() : first,
    oldPath: moved ? first : null,
    status,
    oldMode: presentMode(oldMode),
    newMode: presentMode(newMode),
    oldId,
    newId,
  };
};

const presentMode = (mode: string): string | null => (mode === "000000" ? null : mode);

const readCounts = (token: string, path: () => string): Counted => {
  const [, additions, deletions, name = ""] = /^(\d+|-)\t(\d+|-)\t([^]*)$/.exec(token) ?? [];
  if (additions === undefined) throw new Error(`not a line of git's numstat format: ${token}`);
  const counts = additions === "-" ? null : { additions: Number(additions), deletions: Number(deletions) };
  if (name !== "") return { path: name, counts };
  path();
  return { path: path(), counts };
};

const nextPath = (tokens: Iterator<string>): string => {
  const next = tokens.next();
  if (next.done === true) throw new Error("git's list of changed files ends within an entry");
  return next.value;
};

const withCounts = (entry: Listed, counted: Counted | undefined): RawEntry => {
  if (counted?.path !== entry.path) throw new Error(`git counted no lines for ${entry.path}`);
  return { ...entry, counts: counted.counts };
};
