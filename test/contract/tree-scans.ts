import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChangeTrees } from "../../src/review/ports.ts";
import type { ScanQuery } from "../../src/review/scan-ports.ts";

const signal = new AbortController().signal;
const scan: Omit<ScanQuery, "find"> = { at: "head", paths: null, maxMatches: 50, timeoutMs: 10_000 };

/** What every implementation of TreeScans does, over `contractChange`. */
export const describeTreeScans = (name: string, open: () => Promise<ChangeTrees>): void => {
  describe(`scans of a change's trees: ${name}`, () => {
    let trees: ChangeTrees;
    beforeAll(async () => {
      trees = await open();
    });
    afterAll(async () => {
      await trees.close();
    });
    /** The path that needs quoting everywhere. */
    const odd = (): string => trees.diff.files.map(({ path }) => path).find((path) => path.includes("ü")) ?? "";

    it.each<[what: string, query: ScanQuery, found: string[]]>([
      [
        "whole words, in one search",
        { ...scan, find: { words: ["Pay", "five", "ay"] } },
        ["new/deep/file.ts:1", "src/pay.ts:5"],
      ],
      ["a pattern", { ...scan, find: { pattern: "^(five|between)$" } }, ["src/pay.ts:5", "src/pay.ts:17"]],
      [
        "given paths alone",
        { ...scan, paths: ["src/moved.ts", "*.ts"], find: { words: ["const"] } },
        ["src/moved.ts:1", "src/moved.ts:2"],
      ],
      ["the base", { ...scan, at: "base", find: { words: ["moved"] } }, ["src/old.ts:1"]],
      ["nothing where no path is given", { ...scan, paths: [], find: { words: ["const"] } }, []],
      ["nothing where no word is given", { ...scan, find: { words: [] } }, []],
      ["nothing", { ...scan, find: { words: ["-e"] } }, []],
    ])("scans for %s", async (_, asked, found) => {
      const { matches, truncated } = await trees.scan(asked, signal);
      expect(matches.map(({ path, line }) => `${path}:${line}`)).toEqual(found);
      expect(truncated).toBe(false);
    });

    it("stops a scan at the wanted number of matches and says so", async () => {
      const found = await trees.scan({ ...scan, find: { words: ["line"] }, maxMatches: 2 }, signal);
      expect(found).toEqual({
        matches: [1, 2].map((line) => ({ path: "src/pay.ts", line, text: `line ${line}` })),
        truncated: true,
      });
    });

    it("tells which commits before the change touched any of the paths", async () => {
      const asked = { paths: ["src/pay.ts", odd(), "new/deep/file.ts"], max: 5, timeoutMs: 10_000 };
      const [commit, ...others] = await trees.commitsTouching(asked, signal);
      expect(others).toEqual([]);
      expect(commit).toMatchObject({ sha: trees.diff.mergeBase, date: "2026-01-01T00:00:00.000Z", subject: "base" });
      expect(commit?.paths.toSorted()).toEqual(["src/pay.ts", odd()]);
      expect(await trees.commitsTouching({ ...asked, paths: [] }, signal)).toEqual([]);
      expect(await trees.commitsTouching({ ...asked, paths: ["nowhere"] }, signal)).toEqual([]);
    });

    it.each<[method: string, call: (aborted: AbortSignal) => Promise<unknown>]>([
      ["scan", (aborted) => trees.scan({ ...scan, find: { words: ["x"] } }, aborted)],
      ["commitsTouching", (aborted) => trees.commitsTouching({ paths: ["a"], max: 1, timeoutMs: 1000 }, aborted)],
    ])("%s lets an abort through as its reason", async (_, call) => {
      const reason = new Error("enough");
      await expect(call(AbortSignal.abort(reason))).rejects.toBe(reason);
    });
  });
};
