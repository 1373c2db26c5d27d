import { describe, expect, it } from "vitest";
import type { ChangedFile } from "../../src/core/change.ts";
import { planEffort, type EffortSigns } from "../../src/core/effort.ts";
import { changedFile } from "../fakes/changed-file.ts";

const file = (path: string, lines = 10, over: Partial<ChangedFile> = {}): ChangedFile =>
  changedFile(path, [`@@ -1,0 +1,${lines} @@`, ...Array.from({ length: lines }, (_, line) => `+line ${line}`)], over);

const noSigns = { generated: new Set<string>(), reverted: new Set<string>() };
const plan = (files: readonly ChangedFile[], signs: Partial<EffortSigns> = {}) =>
  planEffort(files, { ...noSigns, ...signs });
const test = file("test/a.test.ts", 1);

describe("planEffort", () => {
  it.each([
    { what: "nothing", files: [], tier: "none" },
    { what: "lock files", files: [file("package-lock.json", 900), file("api/Cargo.lock")], tier: "none" },
    { what: "a binary", files: [file("logo.png", 0, { binary: true, hunks: [] })], tier: "none" },
    { what: "a rename", files: [file("src/new.ts", 0, { status: "renamed", hunks: [] })], tier: "none" },
    { what: "documentation", files: [file("docs/setup.md", 300), file("LICENSE"), file("yarn.lock")], tier: "trivial" },
    { what: "a list of dependencies, which is no prose", files: [file("requirements-dev.txt")], tier: "small" },
    { what: "a few lines of code", files: [file("src/a.ts", 1)], tier: "small" },
    { what: "code beside documentation", files: [file("README.md", 500), file("src/a.ts")], tier: "small" },
    { what: "many files", files: Array.from({ length: 5 }, (_, index) => file(`src/${index}.ts`, 2)), tier: "normal" },
    { what: "hundreds of lines with a test", files: [file("src/a.ts", 400), test], tier: "normal" },
    { what: "hundreds of lines without a test", files: [file("src/a.ts", 400)], tier: "deep" },
    { what: "thirty lines with a test", files: [file("src/a.ts", 30), test], tier: "small" },
    { what: "thirty lines without a test", files: [file("src/a.ts", 30)], tier: "normal" },
    { what: "thirty lines of data", files: [file("src/a.json", 30)], tier: "small" },
    { what: "fifty lines of C with a test", files: [file("src/a.c", 50), test], tier: "normal" },
    { what: "a big change", files: [file("src/a.ts", 900)], tier: "deep" },
    { what: "tests alone", files: [file("test/a.test.ts", 400)], tier: "small" },
    { what: "a great many tests alone", files: [file("pkg/a_test.go", 900)], tier: "normal" },
    { what: "a few lines in a risky place", files: [file("src/auth/check.ts", 3)], tier: "normal" },
    { what: "camel case in a risky name", files: [file("src/refreshToken.ts", 3)], tier: "normal" },
    { what: "a name that only contains a risky word", files: [file("src/author-list.ts", 3)], tier: "small" },
    { what: "many lines in a risky place", files: [file("db/migrations/1.sql", 100)], tier: "deep" },
  ])("plans $tier for $what", ({ files, tier }) => {
    expect(plan(files).tier).toBe(tier);
  });

  it("looks harder where a change was reverted before, and says so", () => {
    const { tier, reasons } = plan([file("src/a.ts", 3)], { reverted: new Set(["src/a.ts"]) });
    expect({ tier, reasons }).toEqual({
      tier: "normal",
      reasons: ["3 changed lines of code in 1 file", "a change of src/a.ts was reverted before"],
    });
  });

  it("raises by one tier, however many reasons there are", () => {
    expect(plan([file("src/auth/a.ts", 50)], { reverted: new Set(["src/auth/a.ts"]) })).toMatchObject({
      tier: "normal",
      reasons: { length: 4 },
    });
  });

  it("does not count files that say they are generated, and never leaves them out", () => {
    const generated = new Set(["src/auth/api.ts"]);
    const beside = plan([file("src/auth/api.ts", 2000), file("src/a.ts", 3)], { generated });
    expect(beside).toMatchObject({ tier: "small" });
    expect(beside.reasons[0]).toContain("beside 1 file that says to be generated");
    expect(plan([file("src/auth/api.ts", 2000)], { generated })).toMatchObject({ tier: "trivial" });
  });

  it("asks no model where there is nothing to read", () => {
    expect(plan([])).toMatchObject({ turns: 0, tokens: 0 });
  });

  it("gives more with each tier", () => {
    const plans = [[file("a.md")], [file("a.ts")], [file("a.ts", 100)], [file("a.ts", 900)]].map((files) =>
      plan(files),
    );
    const turns = plans.map((each) => each.turns);
    expect(turns).toEqual(turns.toSorted((a, b) => a - b));
    expect(new Set(turns).size).toBe(4);
  });

  it("names the risky path", () => {
    expect(plan([file("src/auth/check.ts", 3)]).reasons).toContain("src/auth/check.ts is a risky place");
  });
});
