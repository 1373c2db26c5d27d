import { describe, expect, it } from "vitest";
import { foldersOfGlobs, matchGlobs } from "../../src/core/match-globs.ts";

describe("matchGlobs", () => {
  it.each<[globs: string[], path: string, matches: boolean]>([
    [[], "src/a.ts", true],
    [["**/*.ts"], "a.ts", true],
    [["**/*.ts"], "src/deep/a.ts", true],
    [["*.ts"], "src/a.ts", false],
    [["src/**"], "src/.hidden/a", true],
    [["**/*.{ts,py}"], "x/y.py", true],
    [["**/*.ts", "!**/*.test.ts"], "src/a.test.ts", false],
    [["**/*.ts", "!**/*.test.ts"], "src/a.ts", true],
    [["!docs/**"], "docs/a.md", false],
    [["!docs/**"], "src/a.ts", true],
    [["a b/[c].ts"], "a b/c.ts", true],
    [["src/a.ts"], "src/a.ts", true],
  ])("%j on %s: %s", (globs, path, matches) => {
    expect(matchGlobs(globs)(path)).toBe(matches);
  });
});

describe("foldersOfGlobs", () => {
  it.each<[globs: string[], folders: string[]]>([
    [[], []],
    [["src/db/**"], ["src/db"]],
    [
      ["src/**/*.ts", "test/a.ts"],
      ["src", "test/a.ts"],
    ],
    [["src/**", "**/*.ts"], []],
    [["src/**", "!src/x/**"], ["src"]],
    [["app/[id]/**"], ["app"]],
    [["app/\\[id\\]/**"], []],
  ])("%j → %j", (globs, folders) => {
    expect(foldersOfGlobs(globs)).toEqual(folders);
  });
});
