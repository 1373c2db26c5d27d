import { describe, expect, it } from "vitest";
import { factClaimsOf } from "../../src/core/fact-claim.ts";
import { facts } from "../../src/core/gates/facts.ts";
import { defaultPolicy } from "../../src/core/policy.ts";
import { lookUpFacts } from "../../src/review/look-up-facts.ts";
import { createSyntax } from "../../src/syntax/create-syntax.ts";
import { createFakeTrees } from "../fakes/fake-repository.ts";
import { someJudged, someRule } from "../fakes/judged.ts";

const never = new AbortController().signal;
const syntax = createSyntax();

interface Case {
  readonly what: string;
  readonly title: string;
  /** The head; the claim is about the first file. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  /** The quoted line of the first file, 1-based, or its first and last. */
  readonly at: number | readonly [number, number];
  readonly against?: string;
}

const lookUp = async ({ title, files, at }: Case, origin: object = { kind: "agent" }) => {
  const head = Object.fromEntries(Object.entries(files).map(([path, lines]) => [path, `${lines.join("\n")}\n`]));
  const [path = ""] = Object.keys(files);
  const [startLine, endLine] = typeof at === "number" ? [at, at] : at;
  const judged = someJudged({
    candidate: { title, path, trigger: null },
    evidence: { quote: { found: "in_place", range: { path, side: "RIGHT", startLine, endLine } } },
  });
  const given = { ...judged, candidate: { ...judged.candidate, ...(origin === someRule ? { origin: someRule } : {}) } };
  const [looked] = await lookUpFacts({ trees: createFakeTrees({ base: {}, head }), syntax }, [given], never);
  if (looked === undefined) throw new Error("nothing came back");
  return looked;
};

const useRead = ["function load() {", "  return readFile('a');", "}"];

const contradicted: readonly Case[] = [
  {
    what: "an import on one line",
    title: "`readFile` is not imported",
    files: { "src/load.ts": ['import { readFile } from "node:fs";', ...useRead] },
    at: 3,
    against: 'src/load.ts:1 has: import { readFile } from "node:fs";',
  },
  {
    what: "an import on several lines",
    title: "Import `readFile`",
    files: { "src/load.ts": ["import {", "  access,", "  readFile,", '} from "node:fs";', ...useRead] },
    at: 6,
    against: "src/load.ts:3 has: readFile,",
  },
  {
    what: "a Python import",
    title: "`os` is not imported",
    files: { "load.py": ["import os", "", "def load():", "    return os.environ"] },
    at: 4,
    against: "load.py:1 has: import os",
  },
  {
    what: "a Python from-import",
    title: "`Path` is not defined",
    files: { "load.py": ["from pathlib import Path", "", "def load():", "    return Path('a')"] },
    at: 4,
    against: "load.py:1 has: from pathlib import Path",
  },
  {
    what: "a constant of the file",
    title: "Define `limit` before using it",
    files: { "src/page.ts": ["const limit = 10;", "export const page = () => limit;"] },
    at: 2,
    against: "src/page.ts:1 has: const limit = 10;",
  },
  {
    what: "a function of the file",
    title: "`helper` is not defined",
    files: { "src/page.py": ["def helper():", "    return 1", "", "def page():", "    return helper()"] },
    at: 5,
    against: "src/page.py:1 has: def helper():",
  },
  {
    what: "an await on the line",
    title: "`save()` is not awaited",
    files: { "src/a.ts": ["async function f(db: Db) {", "  await db.save(1);", "}"] },
    at: 2,
    against: "src/a.ts:2 has: await db.save(1);",
  },
  {
    what: "a call in the same file",
    title: "`parseRow` is never called",
    files: {
      "src/rows.ts": ["function parseRow(row: string) {", "  return row;", "}", "export const a = parseRow('');"],
    },
    at: 1,
    against: "src/rows.ts:4 has: export const a = parseRow('');",
  },
  {
    what: "a call in a file that imports it",
    title: "Remove the unused function `parseRow`",
    files: {
      "src/rows.ts": ["export function parseRow(row: string) {", "  return row;", "}"],
      "src/load.ts": ['import { parseRow } from "./rows.ts";', "export const load = () => parseRow('');"],
    },
    at: 1,
    against: "src/load.ts:2 has: export const load = () => parseRow('');",
  },
  {
    what: "a test that imports and calls it",
    title: "`parseRow` has no test",
    files: {
      "src/rows.ts": ["export function parseRow(row: string) {", "  return row;", "}"],
      "test/rows.test.ts": [
        'import { parseRow } from "../src/rows.ts";',
        "it('parses', () => expect(parseRow('')).toBe(''));",
      ],
    },
    at: 1,
    against: "test/rows.test.ts:2 has:",
  },
  {
    what: "a Go test beside it",
    title: "Add a test for `ParseRow`",
    files: {
      "rows/rows.go": ["package rows", "func ParseRow(s string) string { return s }"],
      "rows/rows_test.go": ["package rows", 'func TestParseRow(t *testing.T) { ParseRow("") }'],
    },
    at: 2,
    against: "rows/rows_test.go:2 has:",
  },
  {
    what: "the file itself",
    title: "`src/rows/parse.ts` does not exist",
    files: { "src/a.ts": ['import "./rows/parse.ts";'], "src/rows/parse.ts": ["export const x = 1;"] },
    at: 1,
    against: "src/rows/parse.ts:1 has: export const x = 1;",
  },
];

const kept: readonly Case[] = [
  {
    what: "a name that nothing binds",
    title: "`readFile` is not imported",
    files: { "src/load.ts": ['import { access } from "node:fs";', ...useRead] },
    at: 3,
  },
  {
    what: "a type-only import",
    title: "`Client` is not imported",
    files: { "src/a.ts": ['import type { Client } from "pg";', "export const c = () => new Client();"] },
    at: 2,
  },
  {
    what: "an import under another name",
    title: "`readFile` is not imported",
    files: { "src/load.ts": ['import { readFile as read } from "node:fs";', ...useRead] },
    at: 3,
  },
  {
    what: "an import inside a condition",
    title: "`Path` is not defined",
    files: {
      "load.py": ["if TYPE_CHECKING:", "    from pathlib import Path", "", "def load():", "    return Path('a')"],
    },
    at: 5,
  },
  {
    what: "a Python module that is named and not bound",
    title: "`pathlib` is not imported",
    files: { "load.py": ["from pathlib import Path", "", "def load():", "    return pathlib.Path('a')"] },
    at: 4,
  },
  {
    what: "a definition behind the use",
    title: "`limit` is not defined",
    files: { "src/page.ts": ["export const first = limit;", "const limit = 10;"] },
    at: 1,
  },
  {
    what: "a type of that name",
    title: "`Client` is not defined",
    files: { "src/a.ts": ["interface Client { id: string }", "export const c = () => new Client();"] },
    at: 2,
  },
  {
    what: "a local of another function",
    title: "`limit` is not defined",
    files: { "src/a.ts": ["function a() {", "  const limit = 1;", "  return limit;", "}", "const b = () => limit;"] },
    at: 5,
  },
  {
    what: "a member of that name",
    title: "`limit` is not defined",
    files: { "src/a.ts": ["const limit = 1;", "export const b = (x: X) => x.limit;"] },
    at: 2,
  },
  {
    what: "a call without await beside one with it",
    title: "`save` is not awaited",
    files: { "src/a.ts": ["async function f() {", "  await save(1); save(2);", "}"] },
    at: 2,
  },
  {
    what: "an await inside a callback that nobody awaits",
    title: "`save` is not awaited",
    files: { "src/a.ts": ["function f(xs: X[]) {", "  xs.forEach(async (x) => { await save(x); });", "}"] },
    at: 2,
  },
  {
    what: "an await of something else",
    title: "`save` is not awaited",
    files: { "src/a.ts": ["async function f() {", "  await run(save(1));", "}"] },
    at: 2,
  },
  {
    what: "a function that calls itself alone",
    title: "`walk` is never called",
    files: { "src/a.ts": ["function walk(n: number): number {", "  return n ? walk(n - 1) : 0;", "}"] },
    at: 1,
  },
  {
    what: "a local that shares its name with a function of the file",
    title: "`total` is never used",
    files: {
      "src/a.ts": ["function total() {", "  return 1;", "}", "function b() {", "  const total = 2;", "}", "total();"],
    },
    at: 5,
  },
  {
    what: "a namesake in another file",
    title: "`parse` is never called",
    files: {
      "src/rows.ts": ["export function parse() {", "  return 1;", "}"],
      "src/other.ts": ['import { parse } from "./dates.ts";', "parse();"],
    },
    at: 1,
  },
  {
    what: "a use in tests alone",
    title: "`parseRow` is never used",
    files: {
      "src/rows.ts": ["export function parseRow() {", "  return 1;", "}"],
      "test/rows.test.ts": ['import { parseRow } from "../src/rows.ts";', "parseRow();"],
    },
    at: 1,
  },
  {
    what: "a use outside of tests",
    title: "`parseRow` has no test",
    files: {
      "src/rows.ts": ["export function parseRow() {", "  return 1;", "}"],
      "src/load.ts": ['import { parseRow } from "./rows.ts";', "parseRow();"],
    },
    at: 1,
  },
  {
    what: "a test of a namesake",
    title: "`parse` has no test",
    files: {
      "src/rows.ts": ["export function parse() {", "  return 1;", "}"],
      "test/dates.test.ts": ['import { parse } from "../src/dates.ts";', "parse();"],
    },
    at: 1,
  },
  {
    what: "an import that nobody calls",
    title: "`parseRow` is never called",
    files: {
      "src/rows.ts": ["export function parseRow() {", "  return 1;", "}"],
      "src/all.ts": ['export { parseRow } from "./rows.ts";'],
    },
    at: 1,
  },
  {
    what: "a mention in a comment",
    title: "`parseRow` is never called",
    files: { "src/rows.ts": ["function parseRow() {", "  return 1;", "}", "// parseRow() is called nowhere"] },
    at: 1,
  },
  {
    what: "a file that is not there",
    title: "`src/rows/parse.ts` does not exist",
    files: { "src/a.ts": ['import "./rows/parse.ts";'] },
    at: 1,
  },
  {
    what: "a language without a grammar",
    title: "`limit` is not defined",
    files: { "a.tcl": ["set limit 1", "puts limit"] },
    at: 2,
  },
];

describe("the facts of a claim, looked up and judged", () => {
  it.each(contradicted)("drops what $what contradicts: $title", async (given) => {
    const verdict = facts.judge(await lookUp(given), { policy: defaultPolicy });
    expect(verdict).toMatchObject({ gate: "facts", action: "drop" });
    expect(verdict.reason).toContain(given.against);
  });

  it.each(kept)("keeps the claim in view of $what: $title", async (given) => {
    const looked = await lookUp(given);
    expect(factClaimsOf(looked.candidate)).toHaveLength(1);
    expect(facts.judge(looked, { policy: defaultPolicy })).toMatchObject({ gate: "facts", action: "keep" });
  });

  it("leaves a deterministic rule's word alone", async () => {
    const [given] = contradicted;
    if (given === undefined) throw new Error("no case");
    const looked = await lookUp(given, someRule);
    expect(looked.evidence.facts).toEqual([]);
    expect(facts.judge(looked, { policy: defaultPolicy }).action).toBe("keep");
  });

  it("looks nothing up for a claim on removed lines or without a place", async () => {
    const deps = {
      syntax,
      trees: {
        read: () => Promise.reject(new Error("nothing is to be read")),
        grep: () => Promise.reject(new Error("nothing is to be searched")),
      },
    };
    const judged = [
      someJudged({
        candidate: { title: "`pay` is never called" },
        evidence: { quote: { found: "in_place", range: { path: "a.ts", side: "LEFT", startLine: 1, endLine: 1 } } },
      }),
      someJudged({ candidate: { title: "`pay` is never called" }, evidence: { quote: { found: "no_file" } } }),
      someJudged(),
    ];
    const looked = await lookUpFacts(deps, judged, never);
    expect(looked.flatMap(({ evidence }) => evidence.facts.map(({ contradiction }) => contradiction))).toEqual([
      null,
      null,
    ]);
  });
});
