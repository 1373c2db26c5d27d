import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createSyntax } from "../../src/syntax/create-syntax.ts";
import { describeSyntax } from "../contract/syntax.ts";
import { createFakeSyntax } from "../fakes/fake-syntax.ts";

describeSyntax("the fake", createFakeSyntax);
describeSyntax("tree-sitter", createSyntax);

const syntax = createSyntax();

describe("createSyntax", () => {
  it.each([
    ["src/a.ts", "typescript"],
    ["src/A.TSX", "tsx"],
    ["a.d.mts", "typescript"],
    ["lib/x.cjs", "javascript"],
    ["x.h", "cpp"],
    ["build.gradle.kts", "kotlin"],
    ["dir.py/README", null],
    ["constructor", null],
    ["x.constructor", null],
    [".py", "python"],
  ])("takes %s for %s", (path, language) => {
    expect(syntax.languageOf(path)).toBe(language);
  });

  it.each([
    {
      what: "TypeScript, unclosed parenthesis",
      path: "a.ts",
      text: "function f() {\n  if (a { b() }\n}\n",
      lines: [2],
    },
    { what: "TypeScript, missing bracket", path: "a.ts", text: "const a = [1, 2;\nconst b = 3;\n", lines: [1] },
    { what: "an empty string and an empty file are sound", path: "a.go", text: "package a\n\nvar s = ``\n", lines: [] },
    { what: "an empty module", path: "a.py", text: "", lines: [] },
    { what: "Python", path: "a.py", text: "def f(:\n  pass\n", lines: [1] },
    { what: "Java", path: "A.java", text: "class A {\n  int x = ;\n}\n", lines: [2] },
    { what: "Go", path: "a.go", text: "package a\nfunc f( {\n", lines: [2] },
    { what: "Rust", path: "a.rs", text: "fn f() {\n  let x = ;\n}\n", lines: [2] },
    { what: "C", path: "a.c", text: "int f( {\n  return 0;\n}\n", lines: [1] },
    { what: "Kotlin", path: "a.kt", text: "fun g() {}\nfun f( { }\n", lines: [2] },
    { what: "Ruby", path: "a.rb", text: "def f\n  x(\n", lines: [1] },
    { what: "PHP", path: "a.php", text: "<?php\nf( ;\n", lines: [2] },
    { what: "C#", path: "a.cs", text: "class A {\n  void F() { G() }\n}\n", lines: [2] },
  ])("names the lines of errors: $what", async ({ path, text, lines }) => {
    expect(await syntax.parseErrors(path, text)).toEqual(lines);
  });

  it("tells names from members, and from text", async () => {
    const text = ["const $el = a.$el;", "// $el", "const t = `$el ${$el}`;", 'x["$el"]', "class B { #el = 1 }"].join(
      "\n",
    );
    expect(await syntax.identifierLines("a.ts", text, "$el")).toEqual([1, 3]);
    expect(await syntax.identifierLines("a.ts", text, "#el")).toEqual([5]);
    expect(await syntax.identifierLines("a.ts", text, "(.*")).toEqual([]);
  });

  it("counts lines and characters alike before and after characters of four bytes", async () => {
    const outline = await syntax.outline("a.ts", 'const s = "💥é"; export function late(a: "💥") {}\n');
    expect(outline).toEqual([
      { kind: "function", name: "late", startLine: 1, endLine: 1, exported: true, signature: 'function late(a: "💥")' },
    ]);
  });
});

describe("a text that is too much for a parser", () => {
  it("is not parsed beyond the limit of its length", async () => {
    const small = createSyntax({ textLength: 10, deadlineMs: 5000 });
    expect(await small.parseErrors("a.ts", "let a = 1;")).toEqual([]);
    expect(await small.parseErrors("a.ts", "let a = 12;")).toBeNull();
  });

  it("costs its own answer and no later one", async () => {
    const hasty = createSyntax({ textLength: 100_000, deadlineMs: 300 });
    const [hostile, later] = await Promise.all([
      hasty.outline("A.java", "a<".repeat(20_000)),
      hasty.parseErrors("A.java", "class A {}"),
    ]);
    expect(hostile).toBeNull();
    expect(later).toEqual([]);
  });

  it("is asked again where the parser died while nobody asked", async () => {
    const before = parserProcesses();
    const fresh = createSyntax();
    expect(await fresh.parseErrors("a.ts", "let a = 1;")).toEqual([]);
    for (const pid of parserProcesses().filter((each) => !before.includes(each))) process.kill(pid, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await fresh.parseErrors("a.ts", "let a = 1;")).toEqual([]);
  });
});

/** Children of this process that run the parser, from Linux's /proc. */
const parserProcesses = (): readonly number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
        return Number(parent) === process.pid && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("parse-process");
      } catch {
        // It ended while the list was read.
        return false;
      }
    });
