import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { git, openCase } from "../../eval/case/open-case.ts";

const pages = [
  "/** One page of a list; pages count from 1. */",
  "export const page = (items: readonly string[], number: number, size: number): readonly string[] => {",
  "  const start = number * size;",
  "  return items.slice(start, start + size);",
  "};",
];

const pagesPatch = [
  "diff --git a/src/pages.ts b/src/pages.ts",
  "new file mode 100644",
  "--- /dev/null",
  "+++ b/src/pages.ts",
  `@@ -0,0 +1,${pages.length} @@`,
  ...pages.map((line) => `+${line}`),
  "diff --git a/README.md b/README.md",
  "--- a/README.md",
  "+++ b/README.md",
  "@@ -1 +1,2 @@",
  " # Shop",
  "+Lists come in pages.",
  "",
].join("\n");

/** What the labels of `made` say, so that a test can look for it where it must not be. */
export const labelText = "label: the first page is skipped";

/** A folder with one case of a repository, "wrong-start", whose line 3 of src/pages.ts is the known P1, and a clean one. */
export const madeCases = (): { readonly folder: string; readonly remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), "codex-review-made-cases-"));
  const patch = join(folder, "pages.diff");
  mkdirSync(folder, { recursive: true });
  writeFileSync(patch, pagesPatch);
  const opened = openCase({ source: { kind: "diff", path: patch } });
  git(opened.dir, ["bundle", "create", "--quiet", join(folder, "shop.bundle"), "base", "head"]);
  opened.remove();
  const shop = {
    language: "TypeScript",
    body: "The list is too long.",
    bundle: "shop.bundle",
    base: opened.baseSha,
    head: opened.headSha,
  };
  const known = {
    path: "src/pages.ts",
    start_line: 3,
    end_line: 3,
    severity: "P1",
    bug: labelText,
    trigger: "page 1",
    checked: "read",
  };
  const cases = [
    { ...shop, id: "wrong-start", title: "Page the list", clean: false, findings: [known] },
    { ...shop, id: "clean-shop", title: "Page the list again", clean: true, findings: [] },
  ];
  writeFileSync(join(folder, "cases.json"), JSON.stringify(cases));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
