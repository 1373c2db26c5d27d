import { describe, expect, it } from "vitest";
import { createReadingLog } from "../../../src/review/agent/reading-log.ts";
import { readingTools } from "../../../src/review/agent/reading-tools.ts";
import type { Syntax } from "../../../src/review/ports.ts";
import { createSyntax } from "../../../src/syntax/create-syntax.ts";
import { createFakeTrees, type FakeChange } from "../../fakes/fake-repository.ts";
import { createFakeSyntax } from "../../fakes/fake-syntax.ts";

const never = new AbortController().signal;
const longFile = Array.from({ length: 2000 }, (_, index) => `line ${index + 1} of the long file`).join("\n");

const change: FakeChange = {
  base: { "src/a.ts": "export function a() {\n  return 1;\n}\n", "gone.ts": "old();\n", "long.txt": longFile },
  head: {
    "src/a.ts": 'export function a() {\n  return 2;\n}\n// a is used\nlog("a");\n',
    "src/b.ts": "import { a } from './a';\na();\nconst ab = 1;\n",
    "lib/a.ts": "a;\n",
    "long.txt": longFile,
    "empty.txt": "",
    "logo.png": { binary: new Uint8Array([0, 1]) },
    link: { symlink: "/etc/passwd" },
    module: { submodule: "c".repeat(40) },
  },
};

interface Over extends Partial<FakeChange> {
  readonly syntax?: Syntax;
}

const call = async (name: string, given: object, { syntax = createFakeSyntax(), ...over }: Over = {}) => {
  const trees = createFakeTrees({ ...change, ...over });
  const log = createReadingLog(trees.diff.files);
  const tool = readingTools({ trees, syntax, log }).find(({ spec }) => spec.name === name);
  if (tool === undefined) throw new Error(`no tool ${name}`);
  const answer = await tool.run(JSON.stringify(given), never);
  answer.onShown?.();
  return { note: answer.note, data: answer.data ?? "", log };
};

describe("read_file", () => {
  it("shows numbered lines and the file's length", async () => {
    const { note, data } = await call("read_file", { path: "src/a.ts", at: "head", start_line: 2, end_line: 3 });
    expect(note).toBe("Lines 2-3 of 5.");
    expect(data).toBe("    2  |  return 2;\n    3  |}");
  });

  it("is bounded and says where to go on", async () => {
    const { note, data } = await call("read_file", { path: "long.txt", at: "head" });
    expect(note).toMatch(/^Lines 1-(\d+) of 2000\. Cut here: go on with start_line \d+\.$/);
    expect(data.length).toBeLessThan(24_100);
  });

  it.each([
    { path: "src/none.ts", at: "head", note: "There is no such file at the head." },
    { path: "gone.ts", at: "head", note: "There is no such file at the head; it stands at the base." },
    { path: "x/b.ts", at: "head", note: 'There is no such file at the head. Files of this name: "src/b.ts".' },
    { path: "logo.png", at: "head", note: "This file is binary (2 bytes)." },
    { path: "link", at: "head", note: "This is a symbolic link; links are not followed." },
    { path: "module", at: "head", note: `This is a submodule at commit ${"c".repeat(40)}; its files are not here.` },
    { path: "empty.txt", at: "head", note: "The file is empty." },
    { path: "src/b.ts", at: "head", start_line: 9, note: "The file has 3 lines." },
  ])("says of $path at $at: $note", async ({ note, ...given }) => {
    expect((await call("read_file", given)).note).toBe(note);
  });

  it("counts shown lines as read", async () => {
    const { log } = await call("read_file", { path: "src/b.ts", at: "head", end_line: 2 });
    expect(log.coverage("why").find(({ path }) => path === "src/b.ts")).toMatchObject({
      read: "partial",
      reason: "2 of 3 changed lines were read: why",
    });
  });
});

describe("search", () => {
  it("groups matches under their path", async () => {
    const { note, data } = await call("search", { pattern: "return [0-9]", at: "head" });
    expect(note).toBe("1 match.");
    expect(data).toBe("src/a.ts\n    2  |  return 2;");
  });

  it("shows lines around a match once where matches are near each other", async () => {
    const { data } = await call("search", { pattern: "a", at: "head", context: 1, globs: ["src/b.ts"] });
    expect(data.split("\n")).toEqual([
      "src/b.ts",
      "    1  |import { a } from './a';",
      "    2  |a();",
      "    3  |const ab = 1;",
    ]);
  });

  it("says when there is more", async () => {
    const { note } = await call("search", { pattern: "line", at: "head" });
    expect(note).toBe("120 matches or more; the list is cut. Narrow the pattern or the globs.");
  });

  it("shows fewer lines around a match than were asked for, and says so", async () => {
    const { note, data } = await call("search", { pattern: "line 100 ", at: "head", context: 50 });
    expect(note).toBe("1 match. Only 10 lines around each are shown.");
    expect(data.split("\n")).toHaveLength(22);
  });

  it("says that a pattern is not valid", async () => {
    expect((await call("search", { pattern: "(", at: "head" })).note).toContain("The pattern is not valid");
  });

  it("takes plain text", async () => {
    expect((await call("search", { pattern: "a();", fixed: true, at: "head" })).data).toContain("src/b.ts");
  });
});

describe("references", () => {
  it("finds whole words in code, in every file, and counts what it left out", async () => {
    const { note, data } = await call("references", { name: "a", at: "head" });
    expect(note).toContain("in comments or strings left out");
    expect(data).toContain("src/b.ts\n    1  |import { a } from './a';\n    2  |a();");
    expect(data).not.toContain("const ab");
    expect(data).not.toContain("// a is used");
  });

  it("keeps every match of a language without a grammar", async () => {
    const head = { ...change.head, "x.cob": "a is here\n" };
    expect((await call("references", { name: "a", at: "head" }, { head })).data).toContain("x.cob\n    1  |a is here");
  });

  it("finds nothing quietly", async () => {
    expect(await call("references", { name: "zzz", at: "head" })).toMatchObject({ note: "0 lines.", data: "" });
  });
});

const shop: Partial<FakeChange> = {
  base: { "src/price.ts": "export function price() {\n  return 1;\n}\n" },
  head: {
    "src/price.ts": "/** What it costs. */\nexport function price(of: number) {\n  return of;\n}\n",
    "src/cart.ts":
      "import { price } from './price';\n\nfunction total() {\n  return price(1);\n}\nprice(2);\nlist.map(price);\n",
    "test/cart.ts": "import { price } from '../src/price';\nprice(3);\n",
    "db/price.sql": "CREATE TABLE price (id int);\nSELECT price FROM cart;\n",
  },
};

describe("definitions", () => {
  it("shows the source of a definition with the comment above it, and likely lines where there is no grammar", async () => {
    const { note, data } = await call("definitions", { name: "price", at: "head" }, shop);
    expect(note).toBe("1 definition, and 1 line that looks like one where there is no grammar.");
    expect(data.split("\n")).toEqual([
      "src/price.ts:2-4",
      "    1  |/** What it costs. */",
      "    2  |export function price(of: number) {",
      "    3  |  return of;",
      "    4  |}",
      "",
      "db/price.sql",
      "    1  |CREATE TABLE price (id int);",
    ]);
  });

  it("shows what has a body before what is only assigned inside a function", async () => {
    const head = {
      "a.py": "class A:\n    def __init__(self):\n        self.rate = 1\n",
      "b.py": "def rate():\n    return 2\n",
    };
    const { data } = await call(
      "definitions",
      { name: "rate", at: "head" },
      { base: {}, head, syntax: createSyntax() },
    );
    expect(data.split("\n")).toEqual([
      "b.py:1-2",
      "    1  |def rate():",
      "    2  |    return 2",
      "",
      "a.py:3-3, in method A.__init__",
      "    3  |        self.rate = 1",
    ]);
  });

  it("shows what stood at the base", async () => {
    const { data } = await call("definitions", { name: "price", at: "base" }, shop);
    expect(data).toContain("src/price.ts:1-3");
    expect(data).not.toContain("of");
  });

  it("counts shown lines as read", async () => {
    const { log } = await call("definitions", { name: "price", at: "head", globs: ["src/**"] }, shop);
    expect(log.unread()).toEqual(["db/price.sql", "src/cart.ts", "test/cart.ts"]);
  });

  it("says that nothing defines a name", async () => {
    expect((await call("definitions", { name: "cost", at: "head" }, shop)).note).toBe(
      "0 definitions. It may come from a dependency, or be made at run time.",
    );
  });

  it("cuts a long definition and says where it ends", async () => {
    const head = { "a.ts": `export function long() {\n${"  step();\n".repeat(200)}}\n` };
    const { data } = await call("definitions", { name: "long", at: "head" }, { base: {}, head });
    expect(data.split("\n")).toHaveLength(82);
    expect(data).toContain("[cut: the definition ends at line 202]");
  });

  it("shows the first line of what is too much, and counts what it left out", async () => {
    const head = Object.fromEntries(
      Array.from({ length: 61 }, (_, index) => [`${100 + index}.ts`, "function twin() {\n  return 1;\n}\n"]),
    );
    const { note, data } = await call("definitions", { name: "twin", at: "head" }, { base: {}, head });
    expect(note).toBe(
      "60 definitions. Not looked at: 1 more file with the name, 1 of them likely; narrow the globs. 20 are not shown: narrow the globs.",
    );
    expect(data.split("return 1").length - 1).toBe(8);
    expect(data.split("function twin").length - 1).toBe(40);
  });
});

describe("callers", () => {
  it("looks at tests last, and says how many likely files it did not look at", async () => {
    const callers = Array.from({ length: 50 }, (_, index) => `${100 + index}.ts`);
    const paths = [...callers.map((name) => `a/test/${name}`), ...callers.map((name) => `src/${name}`)];
    const head = { ...Object.fromEntries(paths.map((path) => [path, "go(1);\n"])), "zz.ts": "list.map(go);\n" };
    const { note, data } = await call("callers", { name: "go", at: "head" }, { base: {}, head });
    expect(note).toBe(
      "60 calling lines. Not looked at: 41 more files with the name, 40 of them likely; narrow the globs.",
    );
    expect(data.split("src/").length - 1).toBe(50);
  });

  it("bounds the lines of documentation", async () => {
    const head = { "a.md": "Call go now.\n".repeat(30) };
    const { note, data } = await call("callers", { name: "go", at: "head" }, { base: {}, head });
    expect(note).toBe("0 calling lines, 30 lines in files without a grammar (the first 20 are shown).");
    expect(data.split("Call go").length - 1).toBe(20);
  });

  it("shows the calling lines under the functions around them, then what may pass the function on", async () => {
    const { note, data } = await call("callers", { name: "price", at: "head", globs: ["src/**"] }, shop);
    expect(note).toBe("2 calling lines, 1 line without a call, 1 line in imports (not shown).");
    expect(data.split("\n")).toEqual([
      "src/cart.ts, in function total (lines 3-5)",
      "    4  |  return price(1);",
      "src/cart.ts, at the top level",
      "    6  |price(2);",
      "Without a call:",
      "src/cart.ts, at the top level",
      "    7  |list.map(price);",
    ]);
  });

  it("shows lines of languages without a grammar as they are", async () => {
    const { note, data } = await call("callers", { name: "price", at: "head", globs: ["db/**"] }, shop);
    expect(note).toBe("0 calling lines, 2 lines in files without a grammar.");
    expect(data).toContain("In files without a grammar:\ndb/price.sql\n    1  |CREATE TABLE price");
  });

  it("finds nothing quietly", async () => {
    expect(await call("callers", { name: "zzz", at: "head" })).toMatchObject({ note: "0 calling lines.", data: "" });
  });
});

describe("outline", () => {
  it("lists definitions with their lines", async () => {
    expect((await call("outline", { path: "src/a.ts", at: "head" })).data).toBe(
      "1-3 exported function: export function a()",
    );
  });

  it("says that a language is not known", async () => {
    expect((await call("outline", { path: "long.txt", at: "head" })).note).toContain("no grammar");
  });
});

describe("list_files", () => {
  it("lists what matches and leaves out what is excluded", async () => {
    const { note, data } = await call("list_files", { globs: ["**/*.ts", "!lib/**"], at: "head" });
    expect(note).toBe("2 files.");
    expect(data).toBe("src/a.ts\nsrc/b.ts");
  });
});

describe("history", () => {
  it("shows a file's commits", async () => {
    expect((await call("history", { path: "src/a.ts" })).data).toMatch(
      /^a{10} 2026-01-02 head\nb{10} 2026-01-01 base$/,
    );
  });

  it("shows who wrote lines, each commit once for lines in a row", async () => {
    const { note, data } = await call("history", { path: "src/a.ts", start_line: 1, end_line: 3 });
    expect(note).toBe("3 lines.");
    expect(data.split("\n")).toEqual([
      `${"b".repeat(10)} 2026-01-01 base`,
      "    1  |export function a() {",
      `${"a".repeat(10)} 2026-01-02 head`,
      "    2  |  return 2;",
      `${"b".repeat(10)} 2026-01-01 base`,
      "    3  |}",
    ]);
  });

  it("shows who wrote a line that the change removed", async () => {
    const { data } = await call("history", { path: "src/a.ts", start_line: 2, at: "base" });
    expect(data).toBe(`${"b".repeat(10)} 2026-01-01 base\n    2  |  return 1;`);
  });

  it.each([
    { given: { start_line: 90, end_line: 91, at: "base" }, note: "There are no such lines at the base." },
    { given: { start_line: 3, end_line: 2 }, note: "end_line stands before start_line." },
    { given: { path: "long.txt", start_line: 1, end_line: 900 }, note: "The first 200 lines." },
  ])("says of $given: $note", async ({ given, note }) => {
    expect((await call("history", { path: "src/a.ts", ...given })).note).toBe(note);
  });
});

describe("diff", () => {
  it("shows one file and counts it as read", async () => {
    const { note, data, log } = await call("diff", { path: "src/a.ts" });
    expect(note).toBe("The diff, to its end.");
    expect(data).toContain("src/a.ts: modified, +3 -1");
    expect(log.coverage("why").find(({ path }) => path === "src/a.ts")).toMatchObject({ read: "full" });
  });

  it("is bounded and says where to go on", async () => {
    const { note, data } = await call("diff", { path: "long.txt" }, { base: {} });
    const from = Number(/from_line (\d+)/.exec(note)?.[1]);
    expect(data.length).toBeLessThan(24_200);
    const rest = await call("diff", { path: "long.txt", from_line: from }, { base: {} });
    expect(rest.data).toContain(`${from} +|line ${from} of`);
  });

  it("says that a file is not part of the change", async () => {
    expect((await call("diff", { path: "src/none.ts" })).note).toBe("The change does not touch this file.");
  });
});
