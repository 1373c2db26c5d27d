import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createOxlint } from "../../src/analyzers/oxlint.ts";
import type { AnalyzedFile } from "../../src/review/ports.ts";
import { analyzedFile } from "../fakes/analyzed-file.ts";
import { oxlintSamples } from "./oxlint-samples.ts";

const oxlint = createOxlint();
const analyze = async (...files: readonly AnalyzedFile[]) => oxlint.analyze(files, new AbortController().signal);
const rulesIn = async (path: string, text: string) =>
  (await analyze(analyzedFile(path, text))).candidates.map(({ origin }) => (origin.kind === "rule" ? origin.rule : ""));

describe("oxlint", () => {
  it("finds what each of its rules is there for", async () => {
    const files = oxlintSamples.map(({ rule, extension = "ts", text }, index) =>
      analyzedFile(`${index}-${rule.replace("/", "-")}.${extension}`, text),
    );
    const { candidates } = await analyze(...files);
    const found = oxlintSamples.map(({ rule }, index) => ({
      rule,
      found: candidates.some(
        ({ origin, path }) => origin.kind === "rule" && origin.rule === rule && path === files[index]?.path,
      ),
    }));
    expect(found.filter((one) => !one.found)).toEqual([]);
  });

  it.each([
    ["an assignment of a call in a condition", "a.js", "let m; while (m = next()) use(m);\nif (m = next()) use(m);\n"],
    ["unused variables and empty blocks", "a.ts", "const a = 1;\ntry { f(); } catch {}\n"],
    [
      "an optional chain in a test",
      "a.test.ts",
      'expect((f()?.x as any).y).toBe(1);\nimport { expect } from "vitest";\n',
    ],
    ["assertions of chai", "a.test.ts", 'import { expect } from "chai";\nexpect(a).to.be.true;\n'],
    ["functions called use… outside of React", "a.ts", "export function f(a: boolean) { if (a) useState(1); }\n"],
    ["type declarations of overloads", "a.ts", "class A { f(a: string): void; f(a: number): void; f() {} }\n"],
  ])("stays silent about %s", async (_, path, text) => {
    expect(await rulesIn(path, text)).toEqual([]);
  });

  it("is not silenced by a comment that names no rule", async () => {
    const silenced = "/* eslint-disable */\nlet a = 1; a = a; // oxlint-disable-line\n";
    expect(await rulesIn("a.ts", silenced)).toEqual(["no-self-assign"]);
  });

  it("respects a comment that names the rule", async () => {
    expect(await rulesIn("a.ts", "let a = 1;\na = a; // eslint-disable-line no-self-assign\n")).toEqual([]);
  });

  it("explains what happens, then what oxlint saw", async () => {
    const { candidates } = await analyze(analyzedFile("a.ts", "const a = { b: 1, b: 2 };\n"));
    expect(candidates[0]?.title).toBe("Remove the duplicate key");
    expect(candidates[0]?.body).toMatch(/^The object has this key twice; .* Here: .*b.*\.$/);
  });

  it("says of which files it could make nothing", async () => {
    const minified = `${"var a=1;".repeat(2000)}\n`;
    const { candidates, unread } = await analyze(
      analyzedFile("dist/a.js", minified),
      analyzedFile("b.ts", "const x = (\n"),
      analyzedFile("c.ts", `// ${"x".repeat(2 * 1024 * 1024)}\n`),
    );
    expect(candidates).toEqual([]);
    expect(unread).toEqual([
      { path: "c.ts", reason: "the file is longer than the 1,024 KiB that are analyzed" },
      { path: "dist/a.js", reason: "oxlint does not read minified code" },
      { path: "b.ts", reason: "oxlint could not parse it" },
    ]);
  });

  it("reads files of any name, and two that differ in case alone", async () => {
    const text = "let a = 1;\na = a;\n";
    const paths = [
      "../../etc/x.ts",
      "/abs.ts",
      "-c.ts",
      "a b\n'\".ts",
      "ü/../💥.ts",
      "Same.ts",
      "same.ts",
      ".hidden.ts",
    ];
    const { candidates } = await analyze(...paths.map((path) => analyzedFile(path, text)));
    expect(candidates.map(({ path }) => path).toSorted()).toEqual(paths.toSorted());
  });

  it("neither obeys nor runs configuration that comes with the change", async () => {
    const folder = await mkdtemp(join(tmpdir(), "oxlint-test-"));
    const marker = join(folder, "ran");
    const runs = `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(marker)}, "");\nexport default { rules: { "no-self-assign": "off" } };\n`;
    const names = ["oxlint.config.ts", "vite.config.ts", ".oxlintrc.js", "eslint.config.js", "nested/oxlint.config.ts"];
    const { candidates } = await analyze(
      ...names.map((name) => analyzedFile(name, runs)),
      analyzedFile("a.ts", "let a = 1;\na = a;\n"),
    );
    expect(candidates.map(({ path }) => path)).toEqual(["a.ts"]);
    expect(existsSync(marker)).toBe(false);
    await rm(folder, { recursive: true });
  });

  it("leaves nothing behind, whether it ends or is stopped", async () => {
    const folder = await mkdtemp(join(tmpdir(), "oxlint-test-"));
    const own = createOxlint(folder);
    const file = analyzedFile("a.ts", "let a = 1;\na = a;\n");
    expect((await own.analyze([file], new AbortController().signal)).candidates).toHaveLength(1);
    const stop = new AbortController();
    const stopped = own.analyze([file], stop.signal);
    stop.abort(new Error("superseded"));
    await expect(stopped).rejects.toThrow("superseded");
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });
});
