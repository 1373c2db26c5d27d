import { describe, expect, it } from "vitest";
import { shareOut, showChange } from "../../src/core/show-change.ts";
import { changedFile } from "../fakes/changed-file.ts";

const added = (path: string, lines: number) =>
  changedFile(path, [`@@ -0,0 +1,${lines} @@`, ...Array.from({ length: lines }, (_, line) => `+${path} ${line}`)]);

describe("shareOut", () => {
  it.each([
    { wanted: [10, 20], total: 100, shares: [10, 20] },
    { wanted: [100, 100], total: 60, shares: [30, 30] },
    { wanted: [100, 10, 100], total: 60, shares: [25, 10, 25] },
    { wanted: [], total: 60, shares: [] },
  ])("gives $shares of $total to $wanted", ({ wanted, total, shares }) => {
    expect(shareOut(wanted, total)).toEqual(shares);
  });
});

describe("showChange", () => {
  it("shows a small change whole", () => {
    const { text, shown } = showChange([added("a.ts", 3), added("b.ts", 2)], 10_000);
    expect(text).toContain("b.ts 1");
    expect([...shown.values()].map((lines) => lines.length)).toEqual([3, 2]);
  });

  it("cuts big files and says how to go on", () => {
    const { text, shown } = showChange([added("big.ts", 1000), added("small.ts", 2)], 4000);
    expect(shown.get("small.ts")).toHaveLength(2);
    expect(shown.get("big.ts")?.length).toBeLessThan(1000);
    expect(text).toMatch(/\[cut at line \d+: read the rest with diff, from_line \d+\]/);
  });

  it("only names files when there are too many to show, within its bounds", () => {
    const { text, shown } = showChange(
      Array.from({ length: 50 }, (_, index) => added(`f${index}.ts`, 200)),
      10_000,
    );
    expect(text).toContain("### f0.ts: modified, +200 -0\n[not shown here: read it with diff]");
    expect(text.length).toBeLessThan(15_000);
    expect([...shown.values()].every((lines) => lines.length === 0)).toBe(true);
  });

  it("does not show lock files", () => {
    expect(showChange([added("package-lock.json", 5)], 10_000).text).not.toContain("package-lock.json 1");
  });
});
