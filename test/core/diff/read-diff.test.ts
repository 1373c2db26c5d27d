import { assert, constantFrom, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChangedFile, HunkLine } from "../../../src/core/change.ts";
import { createDiffReader } from "../../../src/core/diff/read-diff.ts";
import type { TortureDiff } from "./torture.ts";
import { isCombined, listOf, patchOf, tortureDiffs } from "./torture.ts";

const limits = { bytesOfList: 1e7, bytesPerFile: 1e7, bytesInAll: 1e8 };

const read = (bytes: Uint8Array, chunkSize = 65_536, over: Partial<typeof limits> = {}): readonly ChangedFile[] => {
  const reader = createDiffReader({ ...limits, ...over });
  for (let at = 0; at < bytes.length; at += chunkSize) {
    if (!reader.push(bytes.subarray(at, at + chunkSize))) break;
  }
  return reader.end() ?? [];
};

const readTorture = (diff: TortureDiff): readonly ChangedFile[] => read(Buffer.concat([listOf(diff), patchOf(diff)]));

const torture = (file: string): TortureDiff => {
  const diff = tortureDiffs.find((candidate) => candidate.file === file);
  if (diff === undefined) throw new Error(`no torture diff ${file}`);
  return diff;
};

const linesOf = (file: ChangedFile | undefined): readonly HunkLine[] => file?.hunks.flatMap((hunk) => hunk.lines) ?? [];
const count = (file: ChangedFile, kind: HunkLine["kind"]): number =>
  linesOf(file).filter((line) => line.kind === kind).length;

const statusNames: Readonly<Record<string, string>> = {
  A: "added",
  C: "copied",
  D: "deleted",
  M: "modified",
  R: "renamed",
  T: "type_changed",
};

describe("the torture diffs", () => {
  it("are all 32", () => {
    expect(tortureDiffs).toHaveLength(32);
  });

  it.each(tortureDiffs.filter((diff) => !isCombined(diff)))("$file: $what", (diff) => {
    const files = readTorture(diff);
    const seen = files.map((file) => ({
      path: file.path,
      oldPath: file.oldPath,
      status: file.status,
      modes: [file.oldMode ?? "000000", file.newMode ?? "000000"],
      binary: file.binary,
      added: count(file, "added"),
      removed: count(file, "removed"),
      partial: file.partial,
    }));
    expect(seen).toEqual(
      diff.entries.map((entry) => ({
        path: entry.path,
        oldPath: entry.old_path ?? null,
        status: statusNames[entry.status],
        modes: [entry.old_mode, entry.new_mode],
        binary: entry.binary,
        added: entry.additions ?? 0,
        removed: entry.deletions ?? 0,
        partial: null,
      })),
    );
    expect(files.filter((file) => file.binary)).toHaveLength(diff.binary_files);
  });

  it.each(tortureDiffs.filter(isCombined))("$file takes no line comments, as it has no single sides", (diff) => {
    const files = readTorture(diff);
    expect(files.map((file) => file.path)).toEqual(diff.entries.map((entry) => entry.path));
    for (const file of files) {
      expect(file.hunks).toEqual([]);
      expect(file.partial).toBe("a combined diff has no single sides");
    }
  });
});

describe("createDiffReader", () => {
  it("numbers lines so that each side counts through every hunk", () => {
    for (const diff of tortureDiffs.filter((candidate) => !isCombined(candidate))) {
      for (const hunk of readTorture(diff).flatMap((file) => file.hunks)) {
        const lefts = hunk.lines.flatMap((line) => (line.kind === "added" ? [] : [line.left]));
        const rights = hunk.lines.flatMap((line) => (line.kind === "removed" ? [] : [line.right]));
        expect(lefts).toEqual(Array.from({ length: hunk.leftCount }, (_, index) => hunk.leftStart + index));
        expect(rights).toEqual(Array.from({ length: hunk.rightCount }, (_, index) => hunk.rightStart + index));
      }
    }
  });

  it("keeps content that looks like headers as content", () => {
    const [patch, query] = readTorture(torture("header-lookalikes.diff"));
    expect(linesOf(patch).filter((line) => line.kind === "added")).toEqual([
      { kind: "added", right: 2, text: "diff --git a/y b/y" },
      { kind: "added", right: 3, text: "--- a/y" },
      { kind: "added", right: 4, text: "+++ b/y" },
      { kind: "added", right: 5, text: "@@ -1 +1 @@" },
      { kind: "added", right: 6, text: "rename from q" },
      { kind: "added", right: 7, text: "GIT binary patch" },
      { kind: "added", right: 8, text: "\\ No newline at end of file" },
    ]);
    expect(linesOf(query)[0]).toEqual({ kind: "removed", left: 1, text: "-- drop this" });
  });

  it("keeps a heading that holds a hunk header", () => {
    const [file] = readTorture(torture("hunk-headings.diff"));
    expect(file?.hunks.map((hunk) => hunk.heading)).toEqual([
      "def f1(a): # @@ -1,2 +3,4 @@ trap",
      "def f2(a): # @@ -1,2 +3,4 @@ trap",
      "def f4(a): # @@ -1,2 +3,4 @@ trap",
    ]);
  });

  it("ends lines at line feeds only and keeps carriage returns", () => {
    const [, latin1, mixed, separators] = readTorture(torture("line-separators.diff"));
    const added = (file: ChangedFile | undefined): readonly string[] =>
      linesOf(file).flatMap((line) => (line.kind === "added" ? [line.text] : []));
    expect(added(mixed)).toEqual(["dos", "unix\r", "old\rmac", " end"]);
    expect(added(separators)).toEqual(["form\ffeed 2", "vt\vx 2", "ls\u2028ps\u2029nel\u0085end 2", "lone\rcr 2"]);
    expect(linesOf(latin1)).toEqual([
      { kind: "removed", left: 1, text: "caf\uFFFD" },
      { kind: "added", right: 1, text: "caf\uFFFDs" },
      { kind: "context", left: 2, right: 2, text: "na\uFFFDve" },
      { kind: "context", left: 3, right: 3, text: "end" },
    ]);
  });

  it("reads the same wherever chunks break", () => {
    const small = tortureDiffs.filter((diff) => !diff.file.endsWith(".gz") && diff.file !== "long-lines.diff");
    assert(
      property(constantFrom(...small), integer({ min: 1, max: 200 }), (diff, chunkSize) => {
        expect(read(Buffer.concat([listOf(diff), patchOf(diff)]), chunkSize)).toEqual(readTorture(diff));
      }),
      { numRuns: 60 },
    );
  });

  it("keeps whole hunks of a file up to its limit and reads the next file in full", () => {
    const diff = torture("hunk-headings.diff");
    const both = Buffer.concat([patchOf(diff), patchOf(torture("header-lookalikes.diff"))]);
    const list = listOf({ ...diff, entries: [...diff.entries, ...torture("header-lookalikes.diff").entries] }, both);
    const [first, second] = read(Buffer.concat([list, both]), 65_536, { bytesPerFile: 300 });
    expect(first?.hunks).toHaveLength(1);
    expect(first?.partial).toMatch(/^its diff is over [\d.e-]+ MiB$/);
    expect(second?.partial).toBeNull();
    expect(second?.hunks).toHaveLength(1);
  });

  it("says of every file behind the end of the whole limit that it was not read", () => {
    const diff = torture("many-files.diff.gz");
    const files = read(Buffer.concat([listOf(diff), patchOf(diff)]), 4096, { bytesInAll: 32 * 1024 });
    const unread = files.filter((file) => file.partial !== null);
    expect(files).toHaveLength(511);
    expect(unread.length).toBeGreaterThan(100);
    expect(new Set(unread.map((file) => file.partial))).toEqual(new Set(["the whole diff is over 0.031 MiB"]));
    expect(files.slice(-unread.length)).toEqual(unread);
  });

  it("gives up on a list of files without end", () => {
    const reader = createDiffReader({ ...limits, bytesOfList: 10 });
    expect(reader.push(Buffer.from(":100644 100644 1 2 M\0path\0"))).toBe(false);
    expect(reader.end()).toBeNull();
  });

  it("does not trust hunks that hold other counts than git gives", () => {
    const diff = torture("crlf.diff");
    const entries = diff.entries.map((entry) => ({ ...entry, additions: 10 }));
    const [file] = readTorture({ ...diff, entries });
    expect(file?.partial).toBe("its hunks hold +9 -7 lines where git counts +10 -7");
  });

  it("does not trust a patch that names other blobs than the list", () => {
    const diff = torture("crlf.diff");
    const list = Buffer.from(
      listOf(diff)
        .toString()
        .replace(/ [0-9a-f]+ [0-9a-f]+ M/, " 1 2 M"),
    );
    const [file] = read(Buffer.concat([list, patchOf(diff)]));
    expect(file?.hunks).toEqual([]);
    expect(file?.partial).toBe("git's patch does not follow its list of files");
  });

  it("takes no comments on a path that is not UTF-8", () => {
    const patch = patchOf(torture("crlf.diff"));
    const list = listOf(torture("crlf.diff")).toString("latin1").replaceAll("Bug_report", "Bug\xffreport");
    const [file] = read(Buffer.concat([Buffer.from(list, "latin1"), patch]));
    expect(file?.partial).toBe("its path is not valid UTF-8");
  });

  it.each([
    ["an entry of a merge", "::100644 100644 100644 1 2 3 MM\0x\0"],
    ["an unknown status", ":100644 100644 1 2 U\0x\0"],
    ["a list that ends within an entry", ":100644 100644 1 2 R100\0old"],
    ["counts that are missing", ":100644 100644 1 2 M\0x\0"],
    ["counts of another file", ":100644 100644 1 2 M\0x\x001\t1\ty\0"],
  ])("throws on %s, which two trees never give", (_, list) => {
    expect(() => read(Buffer.from(`${list}\0`))).toThrow(/git/);
  });
});
