import type { ChangedFile, EntryKind, Hunk } from "../change.ts";
import { parseHunks } from "./parse-hunks.ts";
import type { RawEntry } from "./parse-raw.ts";
import type { PatchSection } from "./patch-section.ts";

/** Why hunks are missing, in words for the coverage list. */
export interface CutReasons {
  readonly file: string;
  readonly rest: string;
}

/**
 * Joins git's list of changed files with the sections of its patch, which come in the same order. Paths, modes and
 * counts are the list's; a file whose hunks do not hold as many lines as git counted is `partial`.
 */
export const joinDiff = (
  entries: readonly RawEntry[],
  sections: readonly PatchSection[],
  reasons: CutReasons,
): readonly ChangedFile[] => {
  let next = 0;
  return entries.map((entry) => {
    const wanted = sectionIds(entry);
    const own = sections.slice(next, next + wanted.length);
    next += wanted.length;
    const mismatch = own.length < wanted.length ? reasons.rest : misplaced(own, wanted);
    if (mismatch !== null) return { ...describe(entry), hunks: [], partial: mismatch };
    return withHunks(entry, own, reasons);
  });
};

type BlobIds = readonly [old: string, new: string];

/** git writes a change of type as a deletion and a creation: two sections for one entry. */
const sectionIds = ({ status, oldId, newId }: RawEntry): readonly BlobIds[] => {
  const none = "0".repeat(oldId.length);
  return status === "type_changed"
    ? [
        [oldId, none],
        [none, newId],
      ]
    : [[oldId, newId]];
};

const misplaced = (sections: readonly PatchSection[], wanted: readonly BlobIds[]): string | null => {
  if (sections.some(({ header }) => !header.startsWith("diff --git "))) return "a combined diff has no single sides";
  const placed = sections.every((section, index) => isOf(section, wanted[index] ?? ["", ""]));
  return placed ? null : "git's patch does not follow its list of files";
};

/** A section without an index line has no hunks either: a pure rename, a change of mode. */
const isOf = ({ header }: PatchSection, [oldId, newId]: BlobIds): boolean => {
  const [, left, right] = /^index ([0-9a-f]+)\.\.([0-9a-f]+)/m.exec(header) ?? [];
  if (left === undefined || right === undefined) return true;
  return oldId.startsWith(left) && newId.startsWith(right);
};

const withHunks = (entry: RawEntry, sections: readonly PatchSection[], reasons: CutReasons): ChangedFile => {
  const file = describe(entry);
  if (entry.counts === null) return { ...file, hunks: [], partial: null };
  const hunks = sections.flatMap((section) => parseHunks(section.hunks));
  if (file.path.includes("\uFFFD")) return { ...file, hunks, partial: "its path is not valid UTF-8" };
  const cut = sections.find((section) => section.cut !== null)?.cut ?? null;
  if (cut === null) return { ...file, hunks, partial: miscounted(entry.counts, hunks) };
  return { ...file, hunks, partial: cut === "over_limit" ? reasons.file : reasons.rest };
};

const describe = (entry: RawEntry): Omit<ChangedFile, "hunks" | "partial"> => ({
  path: entry.path,
  oldPath: entry.oldPath,
  status: entry.status,
  oldKind: kindOfMode(entry.oldMode),
  newKind: kindOfMode(entry.newMode),
  oldMode: entry.oldMode,
  newMode: entry.newMode,
  additions: entry.counts?.additions ?? 0,
  deletions: entry.counts?.deletions ?? 0,
  binary: entry.counts === null,
});

const miscounted = (counts: { additions: number; deletions: number }, hunks: readonly Hunk[]): string | null => {
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const added = lines.filter((line) => line.kind === "added").length;
  const removed = lines.filter((line) => line.kind === "removed").length;
  if (added === counts.additions && removed === counts.deletions) return null;
  return `its hunks hold +${added} -${removed} lines where git counts +${counts.additions} -${counts.deletions}`;
};

/** What a tree entry's mode says; null for no entry. */
export const kindOfMode = (mode: string | null): EntryKind | null => {
  if (mode === null) return null;
  if (mode === "160000") return "submodule";
  if (mode === "120000") return "symlink";
  return mode === "100755" ? "executable" : "file";
};
