import { concatBytes } from "./concat-bytes.ts";
import { gitText } from "./parse-raw.ts";
import type { PatchSection } from "./patch-section.ts";
import { openSection } from "./patch-section.ts";

/** Bytes of hunks that are kept: of one file, and of all files together. */
export interface PatchLimits {
  readonly bytesPerFile: number;
  readonly bytesInAll: number;
}

const newline = 0x0a;
const [space, plus, minus, backslash] = [0x20, 0x2b, 0x2d, 0x5c];
const hunkPattern = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;

/** How many lines of each side an open hunk still owes. */
interface Owed {
  readonly left: number;
  readonly right: number;
}
const nothing: Owed = { left: 0, right: 0 };

/**
 * Cuts a unified diff into its files while it streams in. Hunks are walked by the line counts in their "@@" line, so
 * that content which looks like a header stays content; only a line feed ends a line. `push` answers whether more is
 * wanted, which ends when `bytesInAll` is reached.
 */
export const createPatchSplitter = (limits: PatchLimits) => {
  const done: PatchSection[] = [];
  let section = openSection("", limits.bytesPerFile);
  let started = false;
  let owed = nothing;
  let kept = 0;

  const takeHeader = (bytes: Uint8Array): void => {
    const line = gitText.decode(bytes);
    const counts = hunkPattern.exec(line);
    if (counts !== null) {
      owed = { left: Number(counts[1] ?? 1), right: Number(counts[2] ?? 1) };
      kept += section.addToHunk(bytes);
    } else if (line.startsWith("diff ")) {
      if (started) done.push(section.close());
      section = openSection(line, limits.bytesPerFile);
      started = true;
    } else section.addHeader(line);
  };

  const lines = createLineReader({
    kindOf: (first) => {
      if (first === backslash) return "skip";
      const left = pay(owed, first);
      owed = left ?? nothing;
      return left === null ? "whole" : "pieces";
    },
    onPiece: (piece) => {
      kept += section.addToHunk(piece);
    },
    onWhole: takeHeader,
    onEnd: (kind) => {
      if (kind === "pieces" && isSettled(owed)) section.endHunk();
    },
  });

  return {
    push: (chunk: Uint8Array): boolean => {
      lines.push(chunk);
      return kept < limits.bytesInAll;
    },
    end: (): readonly PatchSection[] => {
      lines.end();
      if (!started) return done;
      const last = section.close();
      return [...done, kept < limits.bytesInAll ? last : { ...last, cut: last.cut ?? "unfinished" }];
    },
  };
};

const isSettled = (owed: Owed): boolean => owed.left <= 0 && owed.right <= 0;

/**
 * What an open hunk owes after a line that begins with `first`; null where that is no line of a hunk. An empty line is
 * a context line without its space.
 */
const pay = (owed: Owed, first: number): Owed | null => {
  if (isSettled(owed)) return null;
  const { left, right } = owed;
  if (first === plus) return { left, right: right - 1 };
  if (first === minus) return { left: left - 1, right };
  return first === space || first === newline ? { left: left - 1, right: right - 1 } : null;
};

type LineKind = "skip" | "pieces" | "whole";

interface LineSink {
  readonly kindOf: (first: number) => LineKind;
  readonly onPiece: (piece: Uint8Array) => void;
  readonly onWhole: (line: Uint8Array) => void;
  readonly onEnd: (kind: LineKind) => void;
}

/** Hands on lines of chunks that break anywhere: by pieces as they come, as hunk lines may be huge, or whole. */
const createLineReader = ({ kindOf, onPiece, onWhole, onEnd }: LineSink) => {
  let kind: LineKind | null = null;
  let whole: Uint8Array[] = [];
  const endLine = (): void => {
    if (kind === null) return;
    if (kind === "whole") onWhole(concatBytes(whole));
    whole = [];
    onEnd(kind);
    kind = null;
  };
  return {
    push: (chunk: Uint8Array): void => {
      for (let at = 0, stop = 0; at < chunk.length; at = stop) {
        const end = chunk.indexOf(newline, at);
        stop = end === -1 ? chunk.length : end + 1;
        kind ??= kindOf(chunk[at] ?? newline);
        if (kind === "pieces") onPiece(chunk.subarray(at, stop));
        if (kind === "whole") whole.push(chunk.subarray(at, stop));
        if (end !== -1) endLine();
      }
    },
    end: endLine,
  };
};
