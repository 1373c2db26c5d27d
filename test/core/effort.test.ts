import { describe, expect, it } from "vitest";
import type { ChangedFile } from "../../src/core/change.ts";
import { planEffort } from "../../src/core/effort.ts";
import { changedFile } from "../fakes/changed-file.ts";

const file = (path: string, lines = 10, over: Partial<ChangedFile> = {}): ChangedFile =>
  changedFile(path, [`@@ -1,0 +1,${lines} @@`, ...Array.from({ length: lines }, (_, line) => `+line ${line}`)], over);

describe("planEffort", () => {
  it.each([
    { what: "nothing", files: [], tier: "none" },
    { what: "lock files", files: [file("package-lock.json", 900), file("api/Cargo.lock")], tier: "none" },
    { what: "a binary", files: [file("logo.png", 0, { binary: true, hunks: [] })], tier: "none" },
    { what: "a rename", files: [file("src/new.ts", 0, { status: "renamed", hunks: [] })], tier: "none" },
    { what: "documentation", files: [file("docs/setup.md", 300), file("LICENSE"), file("yarn.lock")], tier: "trivial" },
    { what: "a few lines of code", files: [file("src/a.ts", 1)], tier: "small" },
    { what: "code beside documentation", files: [file("README.md", 500), file("src/a.ts")], tier: "small" },
    { what: "many files", files: Array.from({ length: 5 }, (_, index) => file(`src/${index}.ts`, 2)), tier: "normal" },
    { what: "hundreds of lines", files: [file("src/a.ts", 400)], tier: "normal" },
    { what: "a big change", files: [file("src/a.ts", 900)], tier: "deep" },
    { what: "a few lines in a risky place", files: [file("src/auth/check.ts", 3)], tier: "normal" },
    { what: "camel case in a risky name", files: [file("src/refreshToken.ts", 3)], tier: "normal" },
    { what: "a name that only contains a risky word", files: [file("src/author-list.ts", 3)], tier: "small" },
    { what: "many lines in a risky place", files: [file("db/migrations/1.sql", 100)], tier: "deep" },
  ])("plans $tier for $what", ({ files, tier }) => {
    expect(planEffort(files).tier).toBe(tier);
  });

  it("asks no model where there is nothing to read", () => {
    expect(planEffort([])).toMatchObject({ turns: 0, tokens: 0 });
  });

  it("gives more with each tier", () => {
    const plans = [[file("a.md")], [file("a.ts")], [file("a.ts", 400)], [file("a.ts", 900)]].map(planEffort);
    const turns = plans.map((plan) => plan.turns);
    expect(turns).toEqual(turns.toSorted((a, b) => a - b));
    expect(new Set(turns).size).toBe(4);
  });

  it("names the risky path", () => {
    expect(planEffort([file("src/auth/check.ts", 3)]).reasons).toContain("src/auth/check.ts is a risky place");
  });
});
