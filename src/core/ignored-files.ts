import type { ChangedFile } from "./change.ts";
import { isLockFile } from "./lock-file.ts";
import { matchGlobs } from "./match-globs.ts";
import type { ReviewPolicy } from "./policy.ts";

interface IgnoredFile {
  readonly path: string;
  readonly reason: string;
}

/** A change's files by what becomes of them; every file is in exactly one of the two lists. */
export interface ClassifiedFiles {
  readonly review: readonly ChangedFile[];
  readonly ignored: readonly IgnoredFile[];
}

/** What decides beside the file itself; attributes and policy both come from the base, never from the change. */
export interface IgnoreRules {
  readonly policy: Pick<ReviewPolicy, "paths">;
  readonly attributed: ReadonlyMap<string, "generated" | "vendored">;
}

/** Sorts out what no finder reads, each with its reason for the coverage list. */
export const classifyFiles = (files: readonly ChangedFile[], rules: IgnoreRules): ClassifiedFiles => {
  const ignoredBy = createIgnoredBy(rules);
  const sorted = files.map((file) => ({ file, reason: ignoredBy(file.path) ?? unreadable(file) }));
  return {
    review: sorted.flatMap(({ file, reason }) => (reason === null ? [file] : [])),
    ignored: sorted.flatMap(({ file, reason }) => (reason === null ? [] : [{ path: file.path, reason }])),
  };
};

/** Why a path is ignored whatever it holds; null where it is reviewed. */
export const createIgnoredBy = ({ policy, attributed }: IgnoreRules): ((path: string) => string | null) => {
  const globs = policy.paths.ignore.map((glob) => ({ glob, matches: matchGlobs([glob]) }));
  return (path) => {
    if (isLockFile(path)) return "a lock file; only its sources and secrets are checked";
    const glob = globs.find(({ matches }) => matches(path))?.glob;
    if (glob !== undefined) return `ignored by \`paths.ignore\` (${glob})`;
    const attribute = attributed.get(path);
    return attribute === undefined ? null : `${attribute} (.gitattributes)`;
  };
};

const unreadable = (file: ChangedFile): string | null => {
  if (file.newKind === "submodule" || file.oldKind === "submodule") return "a submodule; its commits are not read";
  if (file.newKind === "symlink") return "a symbolic link; it is not followed";
  if (file.binary) return "binary";
  if (file.partial !== null && file.hunks.length === 0) return file.partial;
  return null;
};
