import { describe, expect, it } from "vitest";
import { changedNames, changedSymbols, containerOf } from "../../src/core/changed-names.ts";
import { changedFile } from "../fakes/changed-file.ts";

const namesOf = (...lines: readonly string[]) => changedNames(changedFile("a", ["@@ -1,1 +1,1 @@", ...lines]));

describe("the names that changed lines define", () => {
  it.each([
    ["+export const total = 1;", ["total"]],
    ["+export async function pay() {", ["pay"]],
    ["+  const local = 1;", []],
    ["+    def charge(self, cents):", ["charge"]],
    ["+func (c *Cart) Total() int {", ["Total"]],
    ["+  public int total(int a) throws Oops {", ["total"]],
    ["+    pub fn price(&self) -> u32 {", ["price"]],
    ["+  if (ready) {", []],
    ["+  } else if (ready) {", []],
    ["+class Order(Base):", ["Order"]],
    ["+  def __init__(self):", []],
    [" export const untouched = 1;", []],
  ])("of %s are %j", (line, names) => {
    expect([...namesOf(line).defined]).toEqual(names);
  });

  it("tells what was taken away from what was changed", () => {
    const { removed, defined } = namesOf(
      "-export const gone = 1;",
      "-export const kept = 1;",
      "+export const kept = 2;",
    );
    expect([...removed]).toEqual(["gone"]);
    expect([...defined].toSorted()).toEqual(["gone", "kept"]);
  });

  it("takes git's word for the definition around a hunk", () => {
    const file = changedFile("a", ["@@ -5,1 +5,1 @@", "+  return 1;"]);
    const hunks = file.hunks.map((hunk) => ({ ...hunk, heading: "export function around(a) {" }));
    expect([...changedNames({ ...file, hunks }).defined]).toEqual(["around"]);
  });

  it("reads a hostile line in no time", () => {
    const started = performance.now();
    namesOf(`+${"a ".repeat(50_000)}(${"(".repeat(50_000)} {`);
    expect(performance.now() - started).toBeLessThan(200);
  });
});

const symbol = (name: string, startLine: number, endLine: number) => ({
  kind: "function",
  name,
  startLine,
  endLine,
  exported: true,
  signature: name,
});

describe("the symbols that a change touches", () => {
  const outer = symbol("Outer", 1, 20);
  const inner = symbol("inner", 5, 8);

  it("are the innermost ones that hold a changed line, a removed line where it stood", () => {
    const added = changedFile("a", ["@@ -5,1 +5,2 @@", " x", "+y"]);
    const removed = changedFile("a", ["@@ -12,2 +12,1 @@", "-x", " y"]);
    const outside = changedFile("a", ["@@ -30,1 +30,1 @@", "+y"]);
    expect(changedSymbols(added, [outer, inner])).toEqual([inner]);
    expect(changedSymbols(removed, [outer, inner])).toEqual([outer]);
    expect(changedSymbols(outside, [outer, inner])).toEqual([]);
  });

  it("stand in the smallest definition around them", () => {
    expect(containerOf([outer, inner], inner)).toBe(outer);
    expect(containerOf([outer, inner], outer)).toBeNull();
  });
});
