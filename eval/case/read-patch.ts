/** One file of a unified diff, as far as the diff shows it. */
export interface PatchedFile {
  /** Null for a file that the change adds or deletes, respectively. */
  readonly oldPath: string | null;
  readonly newPath: string | null;
  readonly oldMode: string;
  readonly newMode: string;
  readonly binary: boolean;
  readonly hunks: readonly PatchHunk[];
}

interface PatchHunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly PatchLine[];
}

/** `noNewline`: the last line of its side, without a line end. */
interface PatchLine {
  readonly kind: "context" | "added" | "removed";
  readonly text: string;
  readonly noNewline: boolean;
}

/**
 * Reads a diff as git writes it, without combined merges. Lines of content never begin with "diff --git", since each
 * has its sign before it.
 */
export const readPatch = (patch: string): readonly PatchedFile[] =>
  patch
    .split(/^(?=diff --git )/m)
    .filter((section) => section.startsWith("diff --git "))
    .map(readSection);

const readSection = (section: string): PatchedFile => {
  const first = section.search(/^@@ /m);
  const header = first === -1 ? section : section.slice(0, first);
  const field = (pattern: RegExp): string | null => pattern.exec(header)?.[1] ?? null;
  const [left, right] = namesOf(header);
  const added = field(/^new file mode (\d+)$/m);
  const deleted = field(/^deleted file mode (\d+)$/m);
  const mode = field(/^index [0-9a-f]+\.\.[0-9a-f]+ (\d+)$/m) ?? "100644";
  return {
    oldPath: added === null ? (field(/^(?:rename|copy) from (.+)$/m) ?? left) : null,
    newPath: deleted === null ? (field(/^(?:rename|copy) to (.+)$/m) ?? right) : null,
    oldMode: deleted ?? field(/^old mode (\d+)$/m) ?? mode,
    newMode: added ?? field(/^new mode (\d+)$/m) ?? mode,
    binary: /^(?:Binary files |GIT binary patch)/m.test(header),
    hunks: first === -1 ? [] : readHunks(section.slice(first)),
  };
};

/** Both names of the first line are the same where nothing is renamed; git puts odd ones in quotes. */
const namesOf = (header: string): readonly [string, string] => {
  const line = header.slice("diff --git ".length, header.indexOf("\n"));
  const [, quotedLeft, quotedRight] = /^"a\/((?:[^"\\]|\\.)*)" "b\/((?:[^"\\]|\\.)*)"$/.exec(line) ?? [];
  if (quotedLeft !== undefined && quotedRight !== undefined) return [unquote(quotedLeft), unquote(quotedRight)];
  const half = (line.length - 1) / 2;
  const same = line.slice(2, half);
  if (Number.isInteger(half) && line === `a/${same} b/${same}`) return [same, same];
  const [, left, right] = /^a\/(.+?) b\/(.+)$/.exec(line) ?? [];
  if (left === undefined || right === undefined) throw new Error(`not the first line of a file's diff: ${line}`);
  return [left, right];
};

const escapes: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, '"': 34, "\\": 92 };

/** git writes bytes outside ASCII as octal numbers. */
const unquote = (text: string): string => {
  const bytes = [...text.matchAll(/\\([0-7]{3})|\\(.)|([^\\])/g)].map(([, octal, escape, plain]) => {
    if (octal !== undefined) return Number.parseInt(octal, 8);
    return escape === undefined ? (plain?.charCodeAt(0) ?? 0) : (escapes[escape] ?? escape.charCodeAt(0));
  });
  return Buffer.from(bytes).toString("utf8");
};

const readHunks = (text: string): readonly PatchHunk[] => text.split(/^(?=@@ )/m).map(readHunk);

const kinds = { " ": "context", "+": "added", "-": "removed" } as const;

const readHunk = (text: string): PatchHunk => {
  const [head = "", ...rows] = text.split("\n");
  const [, oldStart, newStart] = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(head) ?? [];
  if (oldStart === undefined || newStart === undefined) throw new Error(`not the first line of a hunk: ${head}`);
  const lines = rows.flatMap((row, index): readonly PatchLine[] => {
    const sign = row[0];
    if (sign !== " " && sign !== "+" && sign !== "-") return [];
    return [{ kind: kinds[sign], text: row.slice(1), noNewline: rows[index + 1]?.startsWith("\\") === true }];
  });
  return { oldStart: Number(oldStart), newStart: Number(newStart), lines };
};
