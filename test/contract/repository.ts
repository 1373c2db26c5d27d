import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChangeSource, ChangeTrees, GitAccess, GrepQuery, Repository } from "../../src/review/ports.ts";
import { OperationalError } from "../../src/review/errors.ts";
import type { FakeChange } from "../fakes/fake-repository.ts";
import { createFakeTrees } from "../fakes/fake-repository.ts";
import { describeTreeScans } from "./tree-scans.ts";

const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `line ${index + 1}`);
const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

const pay = [...numbered(20)];
const paid = [...pay.slice(0, 4), "five", ...pay.slice(5, 16), "between", ...pay.slice(16)];
const odd = 'we"ird \\ na\tme\n => ü.txt';
const submodule = "1".repeat(40);

/** Two trees with everything that git can keep under a path, and a base branch that moved on. */
export const contractChange: FakeChange = {
  base: {
    ".gitattributes": "gen/** linguist-generated\nthird/** linguist-vendored=true\nnot/** -linguist-generated\n",
    "README.md": "# Hello\n",
    "crlf.txt": "a\r\nb\r\nc\r\n",
    "gone.txt": "was here\n",
    lib: { symlink: "src" },
    "link.txt": { symlink: "../../../etc/passwd" },
    "logo.png": { binary: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]) },
    "noend.txt": "a\nb",
    "run.sh": "echo hi\n",
    "src/old.ts": "export const moved = 1;\nexport const kept = 2;\n",
    "src/pay.ts": joined(pay),
    swap: "text\n",
    "vendor/dep": { submodule },
    [odd]: "odd\n",
  },
  head: {
    ".gitattributes": "** linguist-generated\n",
    "README.md": "# Hello\n",
    "crlf.txt": "a\r\nB\r\nc\r\n",
    "empty.txt": "",
    lib: { symlink: "src" },
    "link.txt": { symlink: "../../../etc/shadow" },
    "logo.png": { binary: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 9, 9, 9]) },
    "new/deep/file.ts": "const Pay = 1;\nconst other = 2;\n",
    "noend.txt": "a\nb\nc",
    "run.sh": { executable: "echo hi\n" },
    "src/moved.ts": "export const moved = 1;\nexport const kept = 2;\n",
    "src/pay.ts": joined(paid),
    swap: { symlink: "README.md" },
    "vendor/dep": { submodule: "2".repeat(40) },
    [odd]: "odder\n",
  },
  baseTip: { "README.md": "# Moved on\n", ".gitattributes": "gen/** linguist-generated\nthird/** linguist-vendored\n" },
  renames: { "src/moved.ts": "src/old.ts" },
};

const signal = new AbortController().signal;

const query = (over: Partial<GrepQuery>): GrepQuery => ({
  at: "head",
  pattern: "const",
  fixed: true,
  ignoreCase: false,
  globs: [],
  contextLines: 0,
  maxMatches: 50,
  ...over,
});

/** What every implementation of ChangeTrees does, over `contractChange`. */
export const describeChangeTrees = (name: string, open: () => Promise<ChangeTrees>): void => {
  describeTreeScans(name, open);
  describe(`change trees: ${name}`, () => {
    let trees: ChangeTrees;
    beforeAll(async () => {
      trees = await open();
    });
    afterAll(async () => {
      await trees.close();
    });

    it("lists changed files with modes, counts and hunks", () => {
      const files = trees.diff.files.map((file) => ({
        ...file,
        hunks: file.hunks.map((hunk) => ({ ...hunk, heading: "" })),
      }));
      expect(files).toEqual(createFakeTrees(contractChange).diff.files);
    });

    it.each([
      ["crlf.txt", { kind: "text", text: "a\r\nB\r\nc\r\n", bytes: 9, truncated: false, lossy: false }],
      ["noend.txt", { kind: "text", text: "a\nb\nc", bytes: 5, truncated: false, lossy: false }],
      ["empty.txt", { kind: "text", text: "", bytes: 0, truncated: false, lossy: false }],
      ["run.sh", { kind: "text", text: "echo hi\n", bytes: 8, truncated: false, lossy: false }],
      [odd, { kind: "text", text: "odder\n", bytes: 6, truncated: false, lossy: false }],
      ["logo.png", { kind: "binary", bytes: 8 }],
      ["link.txt", { kind: "symlink", target: "../../../etc/shadow" }],
      ["vendor/dep", { kind: "submodule", commit: "2".repeat(40) }],
      ["src", { kind: "missing" }],
      ["lib/pay.ts", { kind: "missing" }],
      ["vendor/dep/file", { kind: "missing" }],
      ["gone.txt", { kind: "missing" }],
      ["../README.md", { kind: "missing" }],
      ["./README.md", { kind: "missing" }],
      ["/README.md", { kind: "missing" }],
      ["src/", { kind: "missing" }],
      ["", { kind: "missing" }],
    ])("reads %j at the head", async (path, content) => {
      expect(await trees.read("head", path, signal)).toEqual(content);
    });

    it("reads the merge base and the base branch's tip apart", async () => {
      expect(await trees.read("base", "gone.txt", signal)).toMatchObject({ text: "was here\n" });
      expect(await trees.read("base", "README.md", signal)).toMatchObject({ text: "# Hello\n" });
      expect(await trees.readBaseTip("README.md", signal)).toMatchObject({ text: "# Moved on\n" });
    });

    it.each([
      ["src/pay.ts", "file"],
      ["run.sh", "executable"],
      ["lib", "symlink"],
      ["vendor/dep", "submodule"],
      ["src", null],
      ["gone.txt", null],
    ])("names the kind of %s: %s", async (path, kind) => {
      expect(await trees.kindOf("head", path, signal)).toBe(kind);
    });

    it("lists paths in order, by globs, and says when there were more", async () => {
      const all = await trees.list({ at: "head", globs: [], max: 100 }, signal);
      expect(all.truncated).toBe(false);
      expect(all.paths).toEqual(Object.keys(contractChange.head).toSorted());
      expect(await trees.list({ at: "head", globs: ["**/*.ts", "!new/**"], max: 9 }, signal)).toEqual({
        paths: ["src/moved.ts", "src/pay.ts"],
        truncated: false,
      });
      expect(await trees.list({ at: "base", globs: ["src/**"], max: 1 }, signal)).toEqual({
        paths: ["src/old.ts"],
        truncated: true,
      });
    });

    it("finds text with its surroundings", async () => {
      const found = await trees.grep(query({ pattern: "^(five|between)$", fixed: false, contextLines: 2 }), signal);
      expect(found).toEqual({
        matches: [
          { path: "src/pay.ts", line: 5, text: "five", before: ["line 3", "line 4"], after: ["line 6", "line 7"] },
          {
            path: "src/pay.ts",
            line: 17,
            text: "between",
            before: ["line 15", "line 16"],
            after: ["line 17", "line 18"],
          },
        ],
        truncated: false,
      });
    });

    it.each<[what: string, over: Partial<GrepQuery>, found: string[]]>([
      ["plain text", { pattern: "t P", fixed: true }, ["new/deep/file.ts:1"]],
      ["a pattern as plain text", { pattern: "c.nst", fixed: true }, []],
      ["any case", { pattern: "CONST pay", ignoreCase: true }, ["new/deep/file.ts:1"]],
      ["some paths", { globs: ["src/**"] }, ["src/moved.ts:1", "src/moved.ts:2"]],
      ["the base", { at: "base", globs: ["**/*.ts"] }, ["src/old.ts:1", "src/old.ts:2"]],
      ["an odd path", { pattern: "odder" }, [`${odd}:1`]],
      ["nothing", { pattern: "no such text" }, []],
      ["a link's target, which is no content", { pattern: "shadow" }, []],
    ])("finds %s", async (_, over, expected) => {
      const found = await trees.grep(query(over), signal);
      expect("matches" in found ? found.matches.map(({ path, line }) => `${path}:${line}`) : found).toEqual(expected);
    });

    it("stops at the wanted number of matches and says so", async () => {
      const found = await trees.grep(query({ pattern: "line", maxMatches: 3 }), signal);
      expect(found).toMatchObject({ truncated: true, matches: [{ line: 1 }, { line: 2 }, { line: 3 }] });
    });

    it("answers a pattern that does not compile with the reason", async () => {
      const found = await trees.grep(query({ pattern: "(open", fixed: false }), signal);
      expect(found).toMatchObject({ invalid: expect.stringMatching(/.{5,}/) });
    });

    it("tells a path's history, newest first", async () => {
      const log = await trees.log({ path: "src/pay.ts", max: 10 }, signal);
      expect(log.map(({ subject, author }) => [subject, author])).toEqual([
        ["head", "Head Author"],
        ["base", "Base Author"],
      ]);
      expect(log[0]).toMatchObject({ sha: trees.diff.head, date: "2026-01-02T00:00:00.000Z" });
      expect(await trees.log({ path: "src/pay.ts", max: 1 }, signal)).toHaveLength(1);
      expect(await trees.log({ path: "README.md", max: 10 }, signal)).toHaveLength(1);
      expect(await trees.log({ path: "nowhere", max: 10 }, signal)).toEqual([]);
    });

    it("tells which commit each line comes from", async () => {
      const base = { sha: trees.diff.mergeBase, date: "2026-01-01T00:00:00.000Z", subject: "base" };
      const head = { sha: trees.diff.head, date: "2026-01-02T00:00:00.000Z", subject: "head" };
      expect(await trees.blame({ at: "head", path: "src/pay.ts", startLine: 4, endLine: 6 }, signal)).toEqual([
        { line: 4, text: "line 4", ...base },
        { line: 5, text: "five", ...head },
        { line: 6, text: "line 6", ...base },
      ]);
    });

    it("tells which commit wrote a line that the change removed", async () => {
      const base = { sha: trees.diff.mergeBase, date: "2026-01-01T00:00:00.000Z", subject: "base" };
      expect(await trees.blame({ at: "base", path: "src/pay.ts", startLine: 5, endLine: 5 }, signal)).toEqual([
        { line: 5, text: "line 5", ...base },
      ]);
    });

    it.each([
      ["beyond the end", { path: "src/pay.ts", startLine: 20, endLine: 99 }, [20, 21]],
      ["wholly beyond the end", { path: "src/pay.ts", startLine: 90, endLine: 99 }, []],
      ["of an empty file", { path: "empty.txt", startLine: 1, endLine: 1 }, []],
      ["of no file", { path: "nowhere", startLine: 1, endLine: 1 }, []],
      ["of a submodule", { path: "vendor/dep", startLine: 1, endLine: 1 }, []],
    ])("blames lines %s", async (_, asked, lines) => {
      const blamed = await trees.blame({ at: "head", ...asked }, signal);
      expect(blamed.map(({ line }) => line)).toEqual(lines);
    });

    it("takes generated and vendored from the base branch's attributes, not from the head's", async () => {
      const paths = ["gen/api.ts", "third/x.c", "src/pay.ts", "not/gen.ts"];
      expect([...(await trees.attributed(paths, signal))]).toEqual([
        ["gen/api.ts", "generated"],
        ["third/x.c", "vendored"],
      ]);
      expect((await trees.attributed([], signal)).size).toBe(0);
    });

    it.each<[method: string, call: (aborted: AbortSignal) => Promise<unknown>]>([
      ["read", (aborted) => trees.read("head", "README.md", aborted)],
      ["readBaseTip", (aborted) => trees.readBaseTip("README.md", aborted)],
      ["kindOf", (aborted) => trees.kindOf("head", "README.md", aborted)],
      ["list", (aborted) => trees.list({ at: "head", globs: [], max: 1 }, aborted)],
      ["grep", (aborted) => trees.grep(query({}), aborted)],
      ["log", (aborted) => trees.log({ path: "README.md", max: 1 }, aborted)],
      ["blame", (aborted) => trees.blame({ at: "head", path: "README.md", startLine: 1, endLine: 1 }, aborted)],
      ["attributed", (aborted) => trees.attributed(["README.md"], aborted)],
    ])("%s lets an abort through as its reason", async (_, call) => {
      const reason = new Error("enough");
      await expect(call(AbortSignal.abort(reason))).rejects.toBe(reason);
    });
  });
};

export interface RepositoryUnderTest {
  readonly repository: Repository;
  readonly access: GitAccess;
  /** The source of `contractChange`. */
  readonly source: ChangeSource;
}

/** What every implementation of Repository does. */
export const describeRepository = (name: string, create: () => RepositoryUnderTest): void => {
  describe(`repository: ${name}`, () => {
    it("opens the request's head, again after it was forgotten", async () => {
      const { repository, access, source } = create();
      for (const forget of [false, true]) {
        if (forget) await repository.forget(source.ref.repositoryId);
        const trees = await repository.open(source, access, signal);
        expect(trees.diff.head).toBe(source.headSha);
        await trees.close();
      }
    });

    it("calls a head that is gone a failure that may pass", async () => {
      const { repository, access, source } = create();
      const gone = repository.open({ ...source, headSha: "f".repeat(40) }, access, signal);
      await expect(gone).rejects.toBeInstanceOf(OperationalError);
      await expect(gone).rejects.toMatchObject({ retryable: true });
    });

    it("lets an abort through as its reason", async () => {
      const { repository, access, source } = create();
      const reason = new Error("enough");
      await expect(repository.open(source, access, AbortSignal.abort(reason))).rejects.toBe(reason);
    });
  });
};
