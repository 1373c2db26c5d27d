import { changedLineNumbers } from "../../core/changed-lines.ts";
import type { ChangedFile, FileCoverage, HunkLine, Side } from "../../core/change.ts";
import type { TreeSide } from "../ports.ts";

/** Which changed lines the model was shown, in a diff or in a file. */
export interface ReadingLog {
  readonly sawDiff: (path: string, lines: readonly HunkLine[]) => void;
  /** 1-based inclusive lines of a whole file. */
  readonly sawFile: (range: {
    readonly at: TreeSide;
    readonly path: string;
    readonly from: number;
    readonly to: number;
  }) => void;
  /** Files with changed lines of which none was shown. */
  readonly unread: () => readonly string[];
  /** How much was read of each file; `why` says why the rest was not. */
  readonly coverage: (why: string) => readonly FileCoverage[];
}

export const createReadingLog = (files: readonly ChangedFile[]): ReadingLog => {
  const logs = new Map(files.map((file) => [file.path, createFileLog(file)]));
  const byBasePath = new Map(files.map((file) => [file.oldPath ?? file.path, file.path]));
  return {
    sawDiff: (path, lines) => logs.get(path)?.sawDiff(lines),
    sawFile: ({ at, path, from, to }) => {
      const name = at === "head" ? path : byBasePath.get(path);
      if (name !== undefined) logs.get(name)?.sawFile(at === "head" ? "RIGHT" : "LEFT", from, to);
    },
    unread: () => [...logs].filter(([, log]) => log.seen() === 0 && log.total > 0).map(([path]) => path),
    coverage: (why) => files.map((file) => coverFile(file, logs.get(file.path) ?? createFileLog(file), why)),
  };
};

interface FileLog {
  readonly total: number;
  readonly seen: () => number;
  readonly sawDiff: (lines: readonly HunkLine[]) => void;
  readonly sawFile: (side: Side, from: number, to: number) => void;
}

const createFileLog = (file: ChangedFile): FileLog => {
  const changed: Readonly<Record<Side, ReadonlySet<number>>> = {
    LEFT: allChanged(file, "LEFT"),
    RIGHT: allChanged(file, "RIGHT"),
  };
  const seen = { LEFT: new Set<number>(), RIGHT: new Set<number>() };
  return {
    total: changed.LEFT.size + changed.RIGHT.size,
    seen: () => seen.LEFT.size + seen.RIGHT.size,
    sawDiff: (lines) => {
      for (const line of lines) {
        if (line.kind === "added") seen.RIGHT.add(line.right);
        if (line.kind === "removed") seen.LEFT.add(line.left);
      }
    },
    sawFile: (side, from, to) => {
      for (const number of changed[side]) if (number >= from && number <= to) seen[side].add(number);
    },
  };
};

const allChanged = (file: ChangedFile, side: Side): ReadonlySet<number> =>
  changedLineNumbers(file, { path: file.path, side, startLine: 1, endLine: Number.MAX_SAFE_INTEGER });

const coverFile = (file: ChangedFile, log: FileLog, why: string): FileCoverage => {
  const unreadable = unreadableReason(file);
  if (unreadable !== null) return { path: file.path, read: "none", reason: unreadable };
  if (file.partial !== null) return { path: file.path, read: "partial", reason: file.partial };
  const seen = log.seen();
  if (seen >= log.total) return { path: file.path, read: "full", reason: null };
  if (seen === 0) return { path: file.path, read: "none", reason: why };
  return { path: file.path, read: "partial", reason: `${seen} of ${log.total} changed lines were read: ${why}` };
};

const unreadableReason = (file: ChangedFile): string | null => {
  if (file.binary) return "it is binary";
  return file.newKind === "submodule" || file.oldKind === "submodule" ? "it is a submodule" : null;
};
