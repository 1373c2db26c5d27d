import { identifiersIn } from "./changed-names.ts";
import { isImport } from "./nearest-tests.ts";
import { isProse } from "./prose-path.ts";
import type { CodeLine, NameUses } from "./surroundings.ts";
import { isTestPath } from "./test-path.ts";
import type { WantedName } from "./wanted-names.ts";

const shownPerName = 4;
/** A name on more lines than this is too common for a search by name to tell anything. */
const tooMany = 200;

const comment = /^\s*(?:\/\/|\/?\*|#(?!\s*(?:include|define|if|undef|pragma))|--|;;|<!--)/;

export interface Found {
  readonly lines: readonly CodeLine[];
  readonly changedPaths: ReadonlySet<string>;
}

/**
 * Picks for each name the lines that tell most, from those that hold any of the names: outside its own file, of one
 * file one before a second, calls before imports, untouched files before changed ones, tests last.
 */
export const pickUses = (names: readonly WantedName[], { lines, changedPaths }: Found): readonly NameUses[] => {
  const wanted = new Set(names.map(({ name }) => name));
  const byName = new Map<string, CodeLine[]>(names.map(({ name }) => [name, []]));
  for (const line of lines)
    for (const name of comment.test(line.text) ? [] : new Set(identifiersIn(line.text)))
      if (wanted.has(name)) byName.get(name)?.push(line);
  return names
    .map((each) => {
      const elsewhere = (byName.get(each.name) ?? []).filter(({ path }) => path !== each.definedIn && !isProse(path));
      const picked = elsewhere.length > tooMany ? [] : inTurns(elsewhere.toSorted(byWorth(changedPaths)));
      const shown = picked.slice(0, shownPerName);
      return { ...each, lines: shown, more: elsewhere.length - shown.length };
    })
    .filter((uses) => uses.lines.length + uses.more > 0);
};

const byWorth =
  (changed: ReadonlySet<string>) =>
  (a: CodeLine, b: CodeLine): number =>
    worth(a, changed) - worth(b, changed);

const worth = ({ path, text }: CodeLine, changed: ReadonlySet<string>): number =>
  (isTestPath(path) ? 4 : 0) + (isImport(text) ? 2 : 0) + (changed.has(path) ? 1 : 0);

/** The first line of every file, then the second of every file, and so on. */
const inTurns = (lines: readonly CodeLine[]): readonly CodeLine[] => {
  const perFile = [...Map.groupBy(lines, ({ path }) => path).values()];
  const longest = Math.max(0, ...perFile.map((inFile) => inFile.length));
  return Array.from({ length: longest }, (_, index) => perFile.flatMap((inFile) => inFile[index] ?? [])).flat();
};
