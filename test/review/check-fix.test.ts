import { describe, expect, it } from "vitest";
import type { Anchor, Candidate } from "../../src/core/candidate.ts";
import type { Judged, LineRange } from "../../src/core/evidence.ts";
import { checkFixes, type CheckFixDeps } from "../../src/review/check-fix.ts";
import type { FileContent } from "../../src/review/ports.ts";
import { createSyntax } from "../../src/syntax/create-syntax.ts";
import { createFakeSyntax } from "../fakes/fake-syntax.ts";
import { rangeAt, someJudged } from "../fakes/judged.ts";

const head = ["def pay(amount):", "    if amount > 0:", "        send(amount)", "    return amount", ""].join("\n");
const text = (over: Partial<Extract<FileContent, { kind: "text" }>> = {}): FileContent => ({
  kind: "text",
  text: head,
  bytes: head.length,
  truncated: false,
  lossy: false,
  ...over,
});

/** A parser that knows one error: the word "BROKEN". */
const parse = (source: string): readonly number[] =>
  source.split("\n").flatMap((line, index) => (line.includes("BROKEN") ? [index + 1] : []));

const deps = (content: FileContent = text(), hasGrammar = true): CheckFixDeps => ({
  trees: { read: () => Promise.resolve(content) },
  syntax: {
    ...createFakeSyntax(),
    parseErrors: (_path, source) => Promise.resolve(hasGrammar ? parse(source) : null),
  },
});

const proposal = (
  over: {
    candidate?: Partial<Candidate>;
    range?: LineRange;
    anchor?: Anchor | null;
    standing?: Judged["standing"];
  } = {},
) => {
  const range = over.range ?? rangeAt(2);
  return someJudged({
    candidate: { quote: "    if amount > 0:", replacement: "    if amount >= 0:", ...over.candidate },
    evidence: {
      quote: { found: "in_place", range },
      anchor:
        over.anchor === undefined ? { path: range.path, side: range.side, startLine: null, line: 2 } : over.anchor,
    },
    standing: over.standing ?? "line",
  });
};

const fixOf = async (judged: Judged, given: CheckFixDeps = deps()) => {
  const [checked] = await checkFixes(given, [judged], new AbortController().signal);
  return checked?.evidence.fix;
};

const broken = (reason: string) => ({ state: "broken", reason });

describe("checkFixes", () => {
  it("lets a replacement through that differs, applies and parses", async () => {
    expect(await fixOf(proposal())).toEqual({ state: "fits", parsed: true });
  });

  it("says that there is none, and asks nothing about what was dropped", async () => {
    expect(await fixOf(proposal({ candidate: { replacement: null } }))).toEqual({ state: "none" });
    expect(await fixOf(proposal({ standing: "dropped" }))).toBeNull();
  });

  it("lets lines be taken out", async () => {
    expect(await fixOf(proposal({ candidate: { replacement: "" } }))).toEqual({ state: "fits", parsed: true });
  });

  it.each([
    {
      title: "no place",
      judged: someJudged({ candidate: { replacement: "x" }, evidence: { quote: { found: "no_file" } } }),
      reason: "its place is not known",
    },
    {
      title: "removed lines",
      judged: proposal({ range: rangeAt(2, 2, { side: "LEFT" }) }),
      reason: "it stands on removed lines",
    },
    { title: "lines without a comment", judged: proposal({ anchor: null }), reason: "its lines take no comment" },
    {
      title: "more lines than its comment",
      judged: proposal({ range: rangeAt(1, 2) }),
      reason: "the comment cannot stand on all of its lines",
    },
    {
      title: "the same code",
      judged: proposal({ candidate: { replacement: "    if  amount > 0:  " } }),
      reason: "it changes white space at most",
    },
    {
      title: "other indentation",
      judged: proposal({ candidate: { replacement: "if amount >= 0:" } }),
      reason: "its indentation is not that of the lines it replaces",
    },
    {
      title: "tabs for blanks",
      judged: proposal({ candidate: { replacement: "\tif amount >= 0:" } }),
      reason: "its indentation is not that of the lines it replaces",
    },
    {
      title: "a syntax error",
      judged: proposal({ candidate: { replacement: "    if BROKEN" } }),
      reason: "the file no longer parses (line 2)",
    },
    {
      title: "a part of its line",
      judged: proposal({ candidate: { quote: "amount > 0", replacement: "    amount >= 0" } }),
      reason: "it would take the rest of the line away",
    },
  ])("breaks on $title", async ({ judged, reason }) => {
    expect(await fixOf(judged)).toEqual(broken(reason));
  });

  it("lets a replacement of a partly quoted line through that holds the rest of it", async () => {
    expect(await fixOf(proposal({ candidate: { quote: "amount > 0" } }))).toEqual({ state: "fits", parsed: true });
  });

  it("blames no replacement for an error that was there before", async () => {
    const content = text({ text: `${head}BROKEN\n` });
    expect(await fixOf(proposal(), deps(content))).toEqual({ state: "fits", parsed: true });
  });

  it.each([
    { title: "keeps its brackets", replacement: "    if pay(amount)[0]:", fix: { state: "fits", parsed: false } },
    {
      title: "opens one more",
      replacement: "    if pay(amount:",
      fix: broken("it opens or closes other brackets than before"),
    },
  ])("judges by brackets where no grammar is at hand: one that $title", async ({ replacement, fix }) => {
    expect(await fixOf(proposal({ candidate: { replacement } }), deps(text(), false))).toEqual(fix);
  });

  it.each([
    { content: { kind: "missing" } as const, reason: "the file is no text" },
    { content: text({ truncated: true }), reason: "the file is too large to try it" },
    { content: text({ lossy: true }), reason: "the file is not UTF-8" },
    { content: text({ text: "one line\n" }), reason: "the file has no such lines" },
  ])("breaks where $reason", async ({ content, reason }) => {
    expect(await fixOf(proposal(), deps(content))).toEqual(broken(reason));
  });

  it("tries it on a CRLF file as it is", async () => {
    const seen: string[] = [];
    const given: CheckFixDeps = {
      ...deps(text({ text: head.replaceAll("\n", "\r\n") })),
      syntax: {
        ...createFakeSyntax(),
        parseErrors: (_path, source) => {
          seen.push(source);
          return Promise.resolve([]);
        },
      },
    };
    expect(await fixOf(proposal(), given)).toEqual({ state: "fits", parsed: true });
    expect(seen[1]).toBe(head.replace("> 0", ">= 0").replaceAll("\n", "\r\n"));
  });
});

describe("a suggestion that takes code away", () => {
  const syntax = createSyntax();
  const paying = [
    "export function pay(order: Order) {",
    "  const amount = order.total;",
    "  audit(order);",
    "  send(amount);",
    "  return amount;",
    "}",
    "export function refund(order: Order) {",
    "  const fee = 1;",
    "  return order.total - fee;",
    "}",
  ];
  const withImports = ['import { a, b } from "./ab.ts";', "export const x = () => a() + b();"];
  const inPython = ["import os", "", "def load(path):", "    rows = read(path)", "    check(rows)", "    return rows"];

  const tried = async (given: {
    readonly path?: string;
    readonly file: readonly string[];
    readonly lines: readonly [number, number];
    readonly replacement: string;
    readonly claim: string;
    readonly lineEnd?: string;
  }) => {
    const { path = "src/pay.ts", file, lines, replacement, claim, lineEnd = "\n" } = given;
    const range = rangeAt(lines[0], lines[1], { path });
    const quote = file.slice(lines[0] - 1, lines[1]).join("\n");
    const judged = someJudged({
      candidate: { path, quote, replacement, title: claim, body: claim, trigger: null },
      evidence: {
        quote: { found: "in_place", range },
        anchor: { path, side: "RIGHT", startLine: lines[0] < lines[1] ? lines[0] : null, line: lines[1] },
      },
    });
    const read = () => Promise.resolve(text({ text: file.map((line) => line + lineEnd).join("") }));
    return fixOf(judged, { trees: { read }, syntax });
  };

  it.each([
    {
      what: "a statement that the finding does not speak of",
      file: paying,
      lines: [3, 4] as const,
      replacement: "  await send(amount);",
      claim: "Await the transfer",
      reason: "it drops `audit(order);`, of which the finding does not speak",
    },
    {
      what: "a local that is used further down",
      file: paying,
      lines: [2, 2] as const,
      replacement: "  const total = order.total;",
      claim: "Call the amount total",
      reason: "it takes `amount` away, which the code below still uses",
    },
    {
      what: "an imported name that is used",
      file: withImports,
      lines: [1, 1] as const,
      replacement: 'import { a } from "./ab.ts";',
      claim: "Import a alone",
      reason: "it takes `b` away, which the code below still uses",
    },
    {
      what: "a Python local that is used",
      path: "load.py",
      file: inPython,
      lines: [4, 4] as const,
      replacement: "    data = read(path)",
      claim: "rows is a poor name",
      reason: "it takes `rows` away, which the code below still uses",
    },
    {
      what: "a Python statement",
      path: "load.py",
      file: inPython,
      lines: [4, 5] as const,
      replacement: "    rows = read(path, strict=True)",
      claim: "Read strictly",
      reason: "it drops `check(rows)`, of which the finding does not speak",
    },
    {
      what: "blanks where the file has tabs",
      file: ["function f() {", "\tif (a) {", "\t\tb();", "\t}", "}"],
      lines: [2, 4] as const,
      replacement: "\tif (!a) {\n    b();\n\t}",
      claim: "Invert the check of a",
      reason: "it is indented by other characters than the file",
    },
    {
      what: "a lone carriage return",
      file: paying,
      lines: [8, 8] as const,
      replacement: "  const fee = 2;\r  hidden();",
      claim: "The fee is two",
      reason: "it holds a carriage return within a line",
    },
  ])("goes where it brings or costs $what", async ({ reason, ...given }) => {
    expect(await tried(given)).toEqual(broken(reason));
  });

  it.each([
    {
      what: "a statement that the finding speaks of",
      file: paying,
      lines: [3, 4] as const,
      replacement: "  send(amount);",
      claim: "audit() runs twice for one order",
    },
    {
      what: "a local of which another function has a namesake alone",
      file: [
        ...paying.slice(0, 6),
        "function other() {",
        "  const fee = 1;",
        "  return fee;",
        "}",
        "function third() {",
        "  const fee = 1;",
        "}",
      ],
      lines: [12, 12] as const,
      replacement: "  const cost = 1;",
      claim: "fee is never used in third",
    },
    {
      what: "a local of which another test has a namesake",
      file: [
        'it("a", () => {',
        "  const id = parse(1);",
        "  expect(id).toBe(1);",
        "});",
        'it("b", () => {',
        "  const id = parse(2);",
        "  expect(id).toBe(2);",
        "});",
      ],
      lines: [6, 7] as const,
      replacement: "  const key = parse(2);\n  expect(key).toBe(2);",
      claim: "id is a key",
    },
    {
      what: "nothing, in a file with CRLF",
      file: paying,
      lines: [4, 4] as const,
      replacement: "  await send(amount);",
      claim: "Await the transfer",
      lineEnd: "\r\n",
    },
    {
      what: "nothing, in a file with tabs",
      file: ["function f() {", "\tif (a) {", "\t\tb();", "\t}", "}"],
      lines: [2, 4] as const,
      replacement: "\tif (!a) {\n\t\tb();\n\t}",
      claim: "Invert the check of a",
    },
    {
      what: "an import that nobody uses",
      file: ['import { a, b } from "./ab.ts";', "export const x = () => a();"],
      lines: [1, 1] as const,
      replacement: 'import { a } from "./ab.ts";',
      claim: "b is imported and never used",
    },
  ])("stays where it costs $what", async (given) => {
    expect(await tried(given)).toEqual({ state: "fits", parsed: true });
  });
});
