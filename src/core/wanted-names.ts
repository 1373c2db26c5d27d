import type { ChangedFile } from "./change.ts";
import { changedNames, changedSymbols, containerOf, isTelling } from "./changed-names.ts";
import type { FileOutline, OutlinedSymbol } from "./surroundings.ts";
import { isTestPath } from "./test-path.ts";

/** A name whose uses elsewhere are worth a look, because the change defines it otherwise. */
export interface WantedName {
  readonly name: string;
  readonly definedIn: string;
  readonly removed: boolean;
}

const mostNames = 24;
/** Of a change of thousands of files only so many, the most changed ones, are looked through for names. */
const mostFiles = 100;

/**
 * Names that others may rely on: what the change takes away, and exported definitions that it changes; by the grammar
 * where there is an outline, else by the look of the lines. One of each file in turn, up to 24.
 */
export const wantedNames = (
  files: readonly ChangedFile[],
  outlines: readonly FileOutline[],
): { readonly names: readonly WantedName[]; readonly left: number } => {
  const outlineOf = new Map(outlines.map((outline) => [outline.path, outline]));
  const perFile = files
    .filter(({ path }) => !isTestPath(path))
    .toSorted((a, b) => b.additions + b.deletions - (a.additions + a.deletions))
    .slice(0, mostFiles)
    .map((file) => namesOf(file, outlineOf.get(file.path) ?? null));
  const longest = Math.max(0, ...perFile.map((names) => names.length));
  const inTurn = Array.from({ length: longest }, (_, index) => perFile.flatMap((names) => names[index] ?? [])).flat();
  const distinct = [...new Map(inTurn.toReversed().map((wanted) => [wanted.name, wanted])).values()].toReversed();
  return { names: distinct.slice(0, mostNames), left: Math.max(0, distinct.length - mostNames) };
};

const namesOf = (file: ChangedFile, outline: FileOutline | null): readonly WantedName[] => {
  const { defined, removed } = changedNames(file);
  const changed =
    outline === null
      ? [...defined]
      : changedSymbols(file, outline.symbols).flatMap((symbol) => relied(symbol, outline.symbols) ?? []);
  const gone = file.status === "deleted" ? [...defined] : [...removed];
  return [
    ...gone.map((name) => ({ name, removed: true })),
    ...[...new Set(changed)].filter((name) => !gone.includes(name)).map((name) => ({ name, removed: false })),
  ]
    .filter(({ name }) => isTelling(name))
    .map((wanted) => ({ ...wanted, definedIn: file.path }));
};

/** The name by which others reach a definition: a constructor's is its class's. Null where nobody else can. */
const relied = (symbol: OutlinedSymbol, symbols: readonly OutlinedSymbol[]): string | null => {
  if (!symbol.exported) return null;
  const around = isTelling(symbol.name) ? null : containerOf(symbols, symbol);
  return around === null ? symbol.name : around.name;
};
