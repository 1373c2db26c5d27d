import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLimits } from "../../src/git/open-change.ts";
import type { ReadLimits } from "../../src/git/open-change.ts";
import type { ChangeTrees, GrepQuery } from "../../src/review/ports.ts";
import type { FakeTree } from "../fakes/fake-tree.ts";
import type { GitWorld } from "./git-world.ts";
import { createGitWorld, temporaryFolder } from "./git-world.ts";
import { sourceOf, testMirrors } from "./open-world.ts";

const signal = new AbortController().signal;
const mebibyte = 1024 * 1024;
const lines = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index}\n`).join("");

let world: GitWorld;
let dir: string;
let next = 0;
const opened: ChangeTrees[] = [];

beforeAll(() => {
  world = createGitWorld();
  dir = temporaryFolder("limits");
});
afterAll(async () => {
  for (const trees of opened) await trees.close();
  world.remove();
  rmSync(dir, { recursive: true, force: true });
});

const open = async (base: FakeTree, head: FakeTree, limits: Partial<ReadLimits> = {}): Promise<ChangeTrees> => {
  const baseSha = world.commit(base, { subject: "base" });
  const headSha = world.commit(head, { subject: "head", parents: [baseSha] });
  const source = sourceOf({ headSha, baseSha }, { number: ++next });
  const mirrors = testMirrors(dir, { limits: { ...readLimits, ...limits } });
  const trees = await mirrors.open(source, { url: world.url, authorization: null }, signal);
  opened.push(trees);
  return trees;
};

const summary = (trees: ChangeTrees) =>
  trees.diff.files.map(({ path, binary, partial, additions }) => ({ path, binary, partial, additions }));

describe("a change of huge files", () => {
  it("says that a file is too large to be compared, and tells it from a binary", async () => {
    const text = "0123456789abcdef".repeat((16 * mebibyte) / 16);
    const trees = await open(
      { "huge.txt": `${text}\n`, "small.bin": { binary: Buffer.from([0, 1]) } },
      { "huge.txt": `${text}\n more`, "small.bin": { binary: Buffer.from([0, 2]) } },
    );
    expect(summary(trees)).toEqual([
      {
        path: "huge.txt",
        binary: true,
        partial: "it is over 16 MiB, too large to be compared line by line",
        additions: 0,
      },
      { path: "small.bin", binary: true, partial: null, additions: 0 },
    ]);
  });

  it("keeps a file's hunks up to the limit of one file and reads the files after it", async () => {
    const trees = await open(
      { "a.txt": "", "z.txt": "z\n" },
      { "a.txt": lines(5000), "z.txt": "Z\n" },
      { bytesPerFile: 10_000 },
    );
    expect(summary(trees)).toEqual([
      { path: "a.txt", binary: false, partial: "its diff is over 0.01 MiB", additions: 5000 },
      { path: "z.txt", binary: false, partial: null, additions: 1 },
    ]);
  });

  it("stops git where the limit of the whole diff is, and still counts every file", async () => {
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`f${index + 10}.txt`, lines(1000)]));
    const trees = await open({}, files, { bytesInAll: 50_000 });
    const unread = trees.diff.files.filter((file) => file.partial !== null);
    expect(trees.diff.files).toHaveLength(40);
    expect(trees.diff.files.every((file) => file.additions === 1000)).toBe(true);
    expect(unread.length).toBeGreaterThan(20);
    expect(new Set(unread.map((file) => file.partial))).toEqual(new Set(["the whole diff is over 0.048 MiB"]));
  });

  it("refuses a list of files without end for good", async () => {
    const opening = open({}, { "a.txt": "", "b.txt": "" }, { bytesOfList: 100 });
    await expect(opening).rejects.toMatchObject({ kind: "too_large", retryable: false });
  });
});

describe("reading a file", () => {
  it("ends at the last whole line within the limit", async () => {
    const trees = await open({}, { "a.txt": "äää\n".repeat(10), "one.txt": "x".repeat(100) }, { maxFileBytes: 20 });
    const read = (path: string) => trees.read("head", path, signal);
    expect(await read("a.txt")).toEqual({ kind: "text", text: "äää\näää\n", bytes: 70, truncated: true, lossy: false });
    expect(await read("one.txt")).toMatchObject({ text: "x".repeat(20), bytes: 100, truncated: true });
  });

  it("says when bytes were no UTF-8, and what git takes for a binary", async () => {
    const head = { latin: { binary: Buffer.from("caf\xe9\n", "latin1") }, nul: { binary: Buffer.from("a\0b") } };
    const trees = await open({}, head);
    expect(await trees.read("head", "latin", signal)).toMatchObject({ text: "caf\uFFFD\n", bytes: 5, lossy: true });
    expect(await trees.read("head", "nul", signal)).toEqual({ kind: "binary", bytes: 3 });
  });

  it("answers many reads at once, each with its own file", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`d${index % 7}/${index}`, `${index}\n`]),
    );
    const trees = await open({}, files);
    const read = await Promise.all(Object.keys(files).map((path) => trees.read("head", path, signal)));
    expect(read.map((content) => (content.kind === "text" ? content.text : content.kind))).toEqual(
      Object.values(files),
    );
  });
});

const query = (over: Partial<GrepQuery>): GrepQuery => ({
  at: "head",
  pattern: "x",
  fixed: false,
  ignoreCase: false,
  globs: [],
  contextLines: 0,
  maxMatches: 10,
  ...over,
});

describe("searching", () => {
  it.each([
    ["an empty pattern", "", "the pattern is empty"],
    ["a NUL", "a\0b", "the pattern holds a NUL"],
    ["a long pattern", "x".repeat(1001), "the pattern is over 1000 characters"],
    ["nested repetitions", "((a{1,255}){1,255}){1,255}", "its repetitions multiply to more than 1000"],
    ["repetitions without a beginning", "(a{,999}){2}", "its repetitions multiply to more than 1000"],
  ])("refuses %s", async (_, pattern, invalid) => {
    const trees = await open({}, { a: "x\n" });
    expect(await trees.grep(query({ pattern }), signal)).toEqual({ invalid });
  });

  it("gives up a pattern that takes for ever, and says that it was cut", async () => {
    const trees = await open({}, { "a.txt": `${"a".repeat(3000)}!\n`.repeat(300) }, { timeoutMs: 300 });
    const found = await trees.grep(query({ pattern: "(a*)*(a*)*(a*)*\\1\\2\\3b" }), signal);
    expect(found).toEqual({ matches: [], truncated: true });
  });

  it("shows the beginning of a long line", async () => {
    const trees = await open({}, { "min.js": `${"y".repeat(50_000)}x\n` });
    const found = await trees.grep(query({}), signal);
    expect(found).toEqual({
      matches: [{ path: "min.js", line: 1, text: "y".repeat(1000), before: [], after: [] }],
      truncated: false,
    });
  });
});
