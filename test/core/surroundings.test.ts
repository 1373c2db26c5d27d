import { describe, expect, it } from "vitest";
import { nearestTests } from "../../src/core/nearest-tests.ts";
import { pickUses } from "../../src/core/pick-uses.ts";
import { showSurroundings } from "../../src/core/show-surroundings.ts";
import { noSurroundings, surroundingsOf, type Surroundings } from "../../src/core/surroundings.ts";
import { isTestPath } from "../../src/core/test-path.ts";
import { wantedNames } from "../../src/core/wanted-names.ts";
import { changedFile } from "../fakes/changed-file.ts";

const at = (path: string, text: string, line = 1) => ({ path, line, text });
const total = { name: "total", definedIn: "src/a.ts", removed: false };
const symbol = (name: string, startLine: number, endLine: number) => ({
  kind: "method",
  name,
  startLine,
  endLine,
  exported: true,
  signature: `${name}()`,
});

const uses = (...lines: readonly ReturnType<typeof at>[]) =>
  pickUses([total], { lines, changedPaths: new Set(["src/changed.ts"]) });

describe("isTestPath", () => {
  it.each([
    "src/a.test.ts",
    "test_a.py",
    "a_test.go",
    "src/CartTest.java",
    "spec/a.rb",
    "tests/a.rs",
    "src/__tests__/a.js",
  ])("knows %s", (path) => expect(isTestPath(path)).toBe(true));
  it.each(["src/contest.ts", "src/latest.py", "src/attestation/a.ts", "src/testimony.go"])(
    "is not misled by %s",
    (path) => expect(isTestPath(path)).toBe(false),
  );
});

const many = (path: string) =>
  changedFile(path, ["@@ -0,0 +1,20 @@", ...Array.from({ length: 20 }, (_, n) => `+export const ${path}${n} = 1;`)]);

describe("the names whose uses are looked up", () => {
  const file = changedFile("src/a.ts", ["@@ -5,2 +5,1 @@", "-export function gone() {", "+  x", " y"]);

  it("are changed exported definitions, and removed ones first", () => {
    const symbols = [symbol("Cart", 1, 20), symbol("pay", 4, 9)];
    expect(wantedNames([file], [{ path: "src/a.ts", symbols }]).names.map(({ name }) => name)).toEqual(["gone", "pay"]);
  });

  it("are a class's where its constructor changed, and none where nobody else can reach it", () => {
    const changed = changedFile("src/a.py", ["@@ -5,1 +5,1 @@", "+  x"]);
    const named = (symbols: readonly ReturnType<typeof symbol>[]) =>
      wantedNames([changed], [{ path: "src/a.py", symbols }]).names.map(({ name }) => name);
    expect(named([symbol("Cart", 1, 20), symbol("__init__", 4, 9)])).toEqual(["Cart"]);
    expect(named([{ ...symbol("hidden", 4, 9), exported: false }])).toEqual([]);
  });

  it("come one of each file in turn, and the rest is counted", () => {
    const { names, left } = wantedNames([many("aa"), many("bb")], []);
    expect(names.slice(0, 3).map(({ name }) => name)).toEqual(["aa0", "bb0", "aa1"]);
    expect([names.length, left]).toEqual([24, 16]);
  });
});

describe("pickUses", () => {
  it("shows calls before imports, untouched files before changed ones, tests last, and of each file one first", () => {
    const [found] = uses(
      at("test/a.test.ts", "total(1)"),
      at("src/changed.ts", "total(2)"),
      at("src/b.ts", 'import { total } from "./a.ts";'),
      at("src/b.ts", "total(3)", 9),
      at("src/c.ts", "total(4)"),
    );
    expect(found?.lines.map(({ path, line }) => `${path}:${line}`)).toEqual([
      "src/b.ts:9",
      "src/c.ts:1",
      "src/changed.ts:1",
      "test/a.test.ts:1",
    ]);
    expect(found?.more).toBe(1);
  });

  it("leaves out the file itself, comments, prose and longer names", () => {
    expect(
      uses(at("src/a.ts", "total"), at("b.ts", "// total"), at("README.md", "total"), at("b.ts", "subtotal(totals)")),
    ).toEqual([]);
  });

  it("only counts a name that stands everywhere", () => {
    const everywhere = Array.from({ length: 300 }, (_, line) => at("b.ts", "total()", line));
    expect(uses(...everywhere)).toEqual([{ ...total, lines: [], more: 300 }]);
  });
});

describe("nearestTests", () => {
  it("finds tests by name, the nearest first, and by what they import", () => {
    const paths = ["test/web/pay.test.ts", "test/shop/pay.test.ts", "test/other.test.ts", "src/shop/pay.ts"];
    const lines = [
      at("test/other.test.ts", 'import { pay } from "../src/shop/pay.ts";'),
      at("test/x.test.ts", "pay()"),
    ];
    expect(nearestTests(["src/shop/pay.ts", "test/other.test.ts"], { paths, lines })).toEqual([
      { path: "src/shop/pay.ts", tests: ["test/shop/pay.test.ts", "test/web/pay.test.ts", "test/other.test.ts"] },
    ]);
  });
});

describe("what a model is shown of the surroundings", () => {
  const file = changedFile("src/a.ts", ["@@ -5,1 +5,1 @@", "+x"]);
  const around: Surroundings = {
    outlines: [{ path: "src/a.ts", symbols: [symbol("Cart", 1, 20), symbol("pay", 4, 9)] }],
    uses: [
      { ...total, lines: [at("src/b.ts", "  total()  ", 3)], more: 2 },
      { name: "gone", definedIn: "src/a.ts", removed: true, lines: [], more: 900 },
    ],
    tests: [{ path: "src/a.ts", tests: ["test/a.test.ts"] }],
    history: [{ path: "src/a.ts", commits: [{ sha: "c".repeat(40), date: "2026-01-02T03:04:05Z", subject: "Pay" }] }],
    missing: ["uses of 3 more names"],
  };

  it("is each part under its heading", () => {
    expect(showSurroundings(around, [file]).join("\n")).toBe(`\
# Outline of the files at the head (* holds changed lines)
src/a.ts:
  1-20 exported method: Cart()
* 4-9 exported method: pay()
# Where else the changed names stand, found by name alone
total (in src/a.ts), the first 1 of 3:
  src/b.ts:3: total()
gone (removed from src/a.ts): 900 lines, too many to show
# Nearest tests
- src/a.ts: test/a.test.ts
# Last commits to the files before this change
src/a.ts:
  cccccccccc 2026-01-02 Pay
# Not looked up for this overview
uses of 3 more names`);
  });

  it("is nothing where nothing was found", () => {
    expect(showSurroundings(noSurroundings, [file]).join("")).toBe("");
  });

  it("is reduced to what changed where an outline is long, and cut where it is too long, and says both", () => {
    const symbols = Array.from({ length: 40 }, (_, n) => symbol(`m${n}`, n * 10 + 1, n * 10 + 9));
    const long = showSurroundings({ ...noSurroundings, outlines: [{ path: "src/a.ts", symbols }] }, [file]).join("\n");
    expect(long).toContain("src/a.ts: (39 unchanged definitions left out)\n* 1-9 exported method: m0()");
    const tests = Array.from({ length: 99 }, (_, n) => ({
      path: `src/${"x".repeat(60)}${n}.ts`,
      tests: ["test/a.ts"],
    }));
    const cut = showSurroundings({ ...noSurroundings, tests }, [file])
      .join("\n")
      .trim();
    expect(cut.length).toBeLessThan(2700);
    expect(cut).toMatch(/\[\d+ more lines left out\]$/);
  });

  it("goes to the reader whose file it belongs to", () => {
    expect(surroundingsOf(around, new Set(["src/b.ts"]))).toEqual({ ...noSurroundings, missing: around.missing });
    expect(surroundingsOf(around, new Set(["src/a.ts"]))).toEqual(around);
  });
});
