import type { ChangedFile } from "./change.ts";
import { changedNames, changedSymbols, isTelling } from "./changed-names.ts";
import type { FileOutline } from "./surroundings.ts";
import { isTestPath } from "./test-path.ts";

/** A name whose uses elsewhere are worth a look, because the change defines it otherwise. */
export interface WantedName {
  readonly name: string;
  readonly definedIn: string;
  readonly removed: boolean;
}

const mostNames = 30;

/**
 * Names that others may rely on: what the change takes away, and exported definitions that it changes; by the grammar
 * where there is an outline, else by the look of the lines. One of each file in turn, up to 30.
 */
export const wantedNames = (
  files: readonly ChangedFile[],
  outlines: readonly FileOutline[],
): { readonly names: readonly WantedName[]; readonly left: number } => {
  const outlineOf = new Map(outlines.map((outline) => [outline.path, outline]));
  const perFile = files
    .filter(({ path }) => !isTestPath(path))
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
      : changedSymbols(file, outline.symbols)
          .filter(({ exported }) => exported)
          .map(({ name }) => name);
  const gone = file.status === "deleted" ? [...defined] : [...removed];
  return [
    ...gone.map((name) => ({ name, removed: true })),
    ...changed.filter((name) => !gone.includes(name)).map((name) => ({ name, removed: false })),
  ]
    .filter(({ name }) => isTelling(name))
    .map((wanted) => ({ ...wanted, definedIn: file.path }));
};
