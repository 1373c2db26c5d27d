import { describe, expect, it } from "vitest";
import { createRuff } from "../../src/analyzers/ruff.ts";
import type { AnalyzedFile } from "../../src/review/ports.ts";
import { analyzedFile } from "../fakes/analyzed-file.ts";
import { ruffSamples } from "./ruff-samples.ts";

const ruff = createRuff();
const analyze = async (...files: readonly AnalyzedFile[]) => ruff.analyze(files, new AbortController().signal);
const rulesIn = async (text: string) =>
  (await analyze(analyzedFile("a.py", text))).candidates.map(({ origin }) =>
    origin.kind === "rule" ? origin.rule : "",
  );

describe("ruff", () => {
  it("finds what its rules are there for", async () => {
    const files = ruffSamples.map(([code, text]) => analyzedFile(`${code}.py`, `${text}\n`));
    const { candidates } = await analyze(...files);
    const found = new Set(
      candidates.map(({ origin, path }) => (origin.kind === "rule" ? `${origin.rule} ${path}` : "")),
    );
    expect(ruffSamples.map(([code]) => code).filter((code) => !found.has(`${code} ${code}.py`))).toEqual([]);
  });

  it.each([
    ["unused names and long lines", `import os\ndef f():\n    a = 1\n# ${"x".repeat(200)}\n`],
    ["a shell with a fixed command", 'import subprocess\nsubprocess.run("ls -l", shell=True)\n'],
    ["an expression without effect", "def f(a):\n    a\n"],
    ["a bare raise in a function that handlers call", "def reraise():\n    raise\n"],
    ["names in annotations that come later", "def f(a: Later): ...\nclass Later: ...\n"],
  ])("stays silent about %s", async (_, text) => {
    expect(await rulesIn(text)).toEqual([]);
  });

  it.each([
    ["is not silenced by a comment that names no rule", "print(missing)  # noqa\n", ["F821"]],
    ["is not silenced for a whole file either", "# ruff: noqa\nprint(missing)\n", ["F821"]],
    ["respects a comment that names the rule", "print(missing)  # noqa: F821\n", []],
  ])("%s", async (_, text, rules) => {
    expect(await rulesIn(text)).toEqual(rules);
  });

  it("reports a syntax error where the file parsed before", async () => {
    const broken = "def f(:\n    pass\n";
    const before = await analyze(analyzedFile("a.py", broken, { baseText: "def f():\n    pass\n" }));
    expect(before.candidates.map(({ title, line }) => [title, line])).toEqual([["Correct the syntax error", 1]]);
    expect(before.unread).toEqual([{ path: "a.py", reason: "ruff could not parse it" }]);
  });

  it.each([
    ["is new, as a template may be", {}],
    ["did not parse before either", { baseText: "{{ cookiecutter.name }} = {%\n" }],
  ])("takes no syntax error from a file that %s", async (_, more) => {
    const { candidates, unread } = await analyze(analyzedFile("a.py", "{{ a }} = {% b %}\n", more));
    expect(candidates).toEqual([]);
    expect(unread).toEqual([{ path: "a.py", reason: "ruff could not parse it" }]);
  });

  it("survives a text that is nested too deeply, and reads the others", async () => {
    const { candidates, unread } = await analyze(
      analyzedFile("deep.py", "(".repeat(100_000)),
      analyzedFile("a.py", "print(missing)\n"),
    );
    expect(candidates.map(({ path }) => path)).toEqual(["a.py"]);
    expect(unread).toEqual([{ path: "deep.py", reason: "ruff could not parse it" }]);
    expect(await rulesIn("print(missing)\n")).toEqual(["F821"]);
  });

  it("goes on after it was stopped in the middle", async () => {
    const stop = new AbortController();
    const slow = ruff.analyze([analyzedFile("a.py", `a${"<a".repeat(100_000)}\n`)], stop.signal);
    stop.abort(new Error("superseded"));
    await expect(slow).rejects.toThrow("superseded");
    expect(await rulesIn("print(missing)\n")).toEqual(["F821"]);
  });
});
