import { plainStem } from "./file-links.ts";
import type { CodeLine, TestsOfFile } from "./surroundings.ts";
import { isTestPath, stemOf, subjectStem } from "./test-path.ts";

const mostPerFile = 3;

/** Stems that name no subject. */
const nameless = new Set(["index", "main", "init", "mod", "lib", "types", "utils"]);

/**
 * The tests nearest to each changed file that is no test itself: those named after it, the nearest folder first, then
 * those of whose import lines one names it.
 */
export const nearestTests = (
  changed: readonly string[],
  tree: { readonly paths: readonly string[]; readonly lines: readonly CodeLine[] },
): readonly TestsOfFile[] => {
  const tests = Map.groupBy(tree.paths.filter(isTestPath), (path) => plainStem(subjectStem(path)));
  const importing = tree.lines.filter(({ path, text }) => isTestPath(path) && isImport(text));
  return changed
    .filter((path) => !isTestPath(path) && !nameless.has(plainStem(stemOf(path))))
    .map((path) => {
      const named = (tests.get(plainStem(stemOf(path))) ?? []).toSorted(
        (a, b) => nearness(b, path) - nearness(a, path),
      );
      const stem = stemOf(path);
      const imported = importing.filter(({ text }) => text.includes(stem)).map((line) => line.path);
      return { path, tests: [...new Set([...named, ...imported])].slice(0, mostPerFile) };
    })
    .filter(({ tests: found }) => found.length > 0);
};

const importLine =
  /^\s*(?:import|from|require|use|using|include|#\s*include|load)\b|\brequire\s*\(|\bfrom\s+["']|\bimport\s*\(/;

/** Whether a line brings in another module, in the languages that say so on a line of its own. */
export const isImport = (text: string): boolean => importLine.test(text);

/** How many folders two paths have in common, wherever they stand: `src/core/a.ts` and `test/core/a.test.ts` share one. */
const nearness = (a: string, b: string): number => {
  const folders = new Set(b.split("/").slice(0, -1));
  return a
    .split("/")
    .slice(0, -1)
    .filter((part) => folders.has(part)).length;
};
