import type { FileLink } from "./bundles.ts";
import type { ChangedFile } from "./change.ts";
import { changedNames } from "./changed-names.ts";
import type { CodeLine } from "./surroundings.ts";
import { isTestPath, stemOf, subjectStem } from "./test-path.ts";

const weights = { test: 4, import: 3, name: 2 } as const;

/** A name that many files define or use tells nothing of any two of them. */
const mostDefining = 2;
const mostUsing = 8;
/** In a change of more files than this, imports and folders have to do. */
const mostForNames = 400;

/** Which changed files belong together: a test and its subject, an import, a name that one defines and one uses. */
export const linkFiles = (files: readonly ChangedFile[], importLines: readonly CodeLine[]): readonly FileLink[] => [
  ...testLinks(files),
  ...importLinks(files, importLines),
  ...(files.length > mostForNames ? [] : nameLinks(files)),
];

const testLinks = (files: readonly ChangedFile[]): readonly FileLink[] => {
  const subjects = Map.groupBy(
    files.filter(({ path }) => !isTestPath(path)),
    ({ path }) => plainStem(stemOf(path)),
  );
  return files
    .filter(({ path }) => isTestPath(path))
    .flatMap(({ path }) =>
      (subjects.get(plainStem(subjectStem(path))) ?? []).map((file) => link(path, file.path, "test")),
    );
};

/** One spelling for `run-agent`, `run_agent` and `RunAgent`. */
export const plainStem = (stem: string): string => stem.toLowerCase().replaceAll(/[-_.]/g, "");

const importLinks = (files: readonly ChangedFile[], lines: readonly CodeLine[]): readonly FileLink[] => {
  const byModule = Map.groupBy(files, ({ path }) => moduleSegments(path).at(-1) ?? "");
  return lines.flatMap(({ path, text }) =>
    specifiersIn(text).flatMap((specifier) => {
      const named = segmentsOf(specifier);
      const targets = (byModule.get(named.at(-1) ?? "") ?? []).filter((file) =>
        endsWith(moduleSegments(file.path), named),
      );
      return targets.filter((file) => file.path !== path).map((file) => link(path, file.path, "import"));
    }),
  );
};

/** `src/a/index.ts` and `src/a.ts` are both imported as `src/a`. */
const moduleSegments = (path: string): readonly string[] => {
  const stem = stemOf(path);
  const folders = path.split("/").slice(0, -1);
  return ["index", "__init__", "mod"].includes(stem) ? folders : [...folders, stem];
};

/** What stands in quotes or angle brackets, and dotted or coloned names. */
const specifiersIn = (text: string): readonly string[] =>
  [
    ...text.slice(0, 400).matchAll(/["'<]([^"'<>]+)["'>]|([A-Za-z_]\w*(?:(?:\.|::|\\)[A-Za-z_]\w*)+|[a-z_]\w{2,})/g),
  ].flatMap(([, quoted, dotted]) => quoted ?? dotted ?? []);

const extension = /\.(?:[cm]?[jt]sx?|py|rb|php|h|hpp|hh|vue|svelte)$/;

/** What stands for the importing file's own place or for the root. */
const rootWords = new Set(["", ".", "..", "@", "~", "crate", "self", "super"]);

const segmentsOf = (specifier: string): readonly string[] => {
  const path = specifier.replace(extension, "");
  const parts = path.includes("/") ? path.split("/") : path.split(/\.|::|\\/);
  return parts.filter((part) => !rootWords.has(part));
};

const endsWith = (whole: readonly string[], end: readonly string[]): boolean =>
  end.length > 0 &&
  end.length <= whole.length &&
  end.every((part, index) => whole[whole.length - end.length + index] === part);

const nameLinks = (files: readonly ChangedFile[]): readonly FileLink[] => {
  const named = files.map((file) => ({ path: file.path, ...changedNames(file) }));
  const defining = gather(named.map(({ path, defined }) => ({ path, names: defined })));
  const using = gather(named.map(({ path, used }) => ({ path, names: used })));
  return [...defining].flatMap(([name, definers]) => {
    const users = using.get(name) ?? [];
    if (definers.length > mostDefining || users.length > mostUsing) return [];
    return definers.flatMap((a) => users.filter((b) => b !== a).map((b) => link(a, b, "name")));
  });
};

const gather = (
  files: readonly { readonly path: string; readonly names: ReadonlySet<string> }[],
): ReadonlyMap<string, readonly string[]> => {
  const paths = new Map<string, string[]>();
  for (const { path, names } of files)
    for (const name of names) {
      const known = paths.get(name);
      if (known === undefined) paths.set(name, [path]);
      else known.push(path);
    }
  return paths;
};

const link = (a: string, b: string, why: keyof typeof weights): FileLink => ({ a, b, weight: weights[why] });
