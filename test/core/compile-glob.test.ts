import * as fc from "fast-check";
import picomatch from "picomatch";
import { describe, expect, it } from "vitest";
import { compileGlob } from "../../src/core/compile-glob.ts";

describe("compileGlob", () => {
  it.each<[glob: string, matching: string[], others: string[]]>([
    ["**", ["a", "a/b", ".a/.b"], []],
    ["*", ["a", ".a"], ["a/b"]],
    ["src/**", ["src/a", "src/a/b"], ["src", "src2/a", "a/src/b"]],
    ["**/dist/**", ["dist/a", "a/dist/b/c"], ["distance/a", "a/dist.js"]],
    ["**/*.min.*", ["a.min.js", "x/.min.css", "x/a.b.min.c.d"], ["a.min", "a.min.d/b"]],
    ["src/**/test/*.ts", ["src/test/a.ts", "src/a/b/test/a.ts"], ["src/test/a/b.ts", "test/a.ts"]],
    ["a**b", ["ab", "axxb"], ["a/b"]],
    ["?.ts", ["a.ts"], ["ab.ts", ".ts", "/.ts"]],
    ["[a-c]x[!0-9]", ["axb", "cx-"], ["dxb", "ax1", "ax/"]],
    ["*.{ts,tsx}", ["a.ts", "a.tsx"], ["a.js", "a.{ts,tsx}"]],
    ["{a,{b,c}d}/e", ["a/e", "bd/e", "cd/e"], ["b/e"]],
    ["{a}", ["{a}"], ["a"]],
    ["app/(group)/[[]id]/\\*.ts", ["app/(group)/[id]/*.ts"], ["app/group/[id]/*.ts", "app/(group)/[id]/a.ts"]],
    ["./a", ["a"], ["./a"]],
    ["a+(b|c)", ["a+(b|c)"], ["ab"]],
    ["[", ["["], ["a"]],
    ["", [""], ["a"]],
  ])("%s", (glob, matching, others) => {
    const matches = compileGlob(glob);
    expect(matching.filter((path) => !matches(path))).toEqual([]);
    expect(others.filter((path) => matches(path))).toEqual([]);
  });

  it("agrees with picomatch", () => {
    const segment = fc.stringMatching(/^[ab.]{1,4}$/).filter((name) => !/^\.{1,2}$/.test(name));
    const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));
    const part = fc.constantFrom("a", "b", ".", "*", "?", "[ab]", "{a,b}", "a*", "*.b");
    const name = fc.oneof(
      { weight: 3, arbitrary: fc.array(part, { minLength: 1, maxLength: 3 }) },
      fc.constant(["**"]),
    );
    const glob = fc
      .array(
        name.map((parts) => parts.join("")),
        { minLength: 1, maxLength: 4 },
      )
      .map((names) => names.join("/"))
      // Left out are names of dots alone, which no path of git has and picomatch resolves, and "a/**", which there matches
      // "a" as well, but "a*/**" does not.
      .filter((text) => !/(?:^|\/)\.{1,3}(?:\/|$)|\*\*[^/]|[^/]\*\*|\/\*\*$/.test(text));
    fc.assert(
      fc.property(glob, path, (pattern, candidate) => {
        const expected = picomatch.isMatch(candidate, pattern, { dot: true, noextglob: true, fastpaths: false });
        expect([pattern, candidate, compileGlob(pattern)(candidate)]).toEqual([pattern, candidate, expected]);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["*a".repeat(100) + "b", "a".repeat(4000)],
    ["**/*a".repeat(50) + "b", "a/".repeat(2000)],
    ["{a,b}".repeat(100), "a".repeat(100)],
    ["{".repeat(500) + ",".repeat(400), "a"],
    ["[a-z]*".repeat(100) + "!", "a".repeat(4000)],
    ["a".repeat(5000), "a".repeat(5000)],
  ])("ends with no for a hostile glob (%#)", (glob, path) => {
    expect(compileGlob(glob)(path)).toBe(false);
  });
});
