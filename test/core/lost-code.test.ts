import { describe, expect, it } from "vitest";
import { declaredIn, lostLine } from "../../src/core/lost-code.ts";

const lost = (old: readonly string[], replaced: readonly string[], claim: string) => lostLine({ old, replaced, claim });

describe("lostLine", () => {
  it.each([
    {
      what: "a call beside the defect",
      old: ["  audit(order);", "  send(order.amount);"],
      replaced: ["  await send(order.amount);"],
      claim: "Await the transfer",
      line: "audit(order);",
    },
    {
      what: "a call on the same things as the one that stays",
      old: ["  audit(order);", "  send(order);"],
      replaced: ["  await send(order);"],
      claim: "Await the transfer",
      line: "audit(order);",
    },
    {
      what: "a declaration that the fix forgets",
      old: ["  const limit = readLimit();", "  if (n > max) return;"],
      replaced: ["  if (n >= max) return;"],
      claim: "Compare with >=",
      line: "const limit = readLimit();",
    },
    {
      what: "a call when all lines are taken out",
      old: ["    log.flush()"],
      replaced: [],
      claim: "Remove the dead branch",
      line: "log.flush()",
    },
    {
      what: "a Go assignment",
      old: ["\tcount := total(rows)", "\treturn first(rows)"],
      replaced: ["\treturn first(rows[1:])"],
      claim: "Skip the header row in first",
      line: "count := total(rows)",
    },
  ])("finds $what", ({ old, replaced, claim, line }) => {
    expect(lost(old, replaced, claim)).toBe(line);
  });

  it.each([
    {
      what: "a line that was changed",
      old: ["  send(order.amount);"],
      replaced: ["  await send(order.amount);"],
      claim: "Await the transfer",
    },
    {
      what: "a call by another name on the same things",
      old: ["  return parse(text, options);"],
      replaced: ["  return read(text, options);"],
      claim: "Use the strict reader",
    },
    {
      what: "a call that the claim speaks of",
      old: ["  audit(order);", "  send(order.amount);"],
      replaced: ["  send(order.amount);"],
      claim: "audit runs twice: the caller has done it before",
    },
    {
      what: "a call that the claim names by its words",
      old: ["  releaseLock();", "  done();"],
      replaced: ["  done();"],
      claim: "The lock is released twice; drop this release of the lock",
    },
    {
      what: "a comment",
      old: ["  // audit(order) is done elsewhere", "  send(1);"],
      replaced: ["  send(2);"],
      claim: "Send two",
    },
    { what: "brackets", old: ["  {", "    send(1);", "  }"], replaced: ["  send(1);"], claim: "Unwrap" },
    {
      what: "a call that moved into another line",
      old: ["  const rows = read();", "  use(rows);"],
      replaced: ["  use(read());"],
      claim: "Inline",
    },
    { what: "a condition", old: ["  if (open) {"], replaced: [], claim: "Always close" },
  ])("lets $what go", ({ old, replaced, claim }) => {
    expect(lost(old, replaced, claim)).toBeNull();
  });
});

describe("declaredIn", () => {
  it.each([
    { line: "const total = sum(rows);", names: ["total"] },
    { line: "  let a: number = 1;", names: ["a"] },
    { line: "export function parse(row) {", names: ["parse"] },
    { line: "const { a, b: c } = load();", names: ["a", "b", "c"] },
    { line: "const [first, second] = pair;", names: ["first", "second"] },
    { line: "    total = 0", names: ["total"] },
    { line: "    total: int = 0", names: ["total"] },
    { line: "\trows, err := read()", names: ["rows", "err"] },
    { line: "\tcount := 0", names: ["count"] },
    { line: "String name = user.name();", names: ["name"] },
    { line: 'import { a, b } from "./a.ts";', names: ["a", "b"] },
    { line: "from os import path", names: ["os", "path"] },
    { line: "def load(self):", names: ["load"] },
    { line: "user.name = 1;", names: [] },
    { line: "if (a == b) {", names: [] },
    { line: "f(limit=3)", names: [] },
    { line: "rows.map((row) => row.id)", names: [] },
    { line: "// const a = 1;", names: [] },
    { line: "# total = 0", names: [] },
    { line: "return total;", names: [] },
  ])("$line binds $names", ({ line, names }) => {
    expect(new Set(declaredIn([line]))).toEqual(new Set(names));
  });
});
