/** A definition in a file of the head; lines are 1-based and inclusive. */
export interface OutlinedSymbol {
  readonly kind: string;
  readonly name: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly exported: boolean;
  readonly signature: string;
}

/** What one changed file defines at the head. */
export interface FileOutline {
  readonly path: string;
  readonly symbols: readonly OutlinedSymbol[];
}

export interface CodeLine {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** Lines elsewhere that hold a name which the change defines otherwise, by name alone. */
export interface NameUses {
  readonly name: string;
  /** The changed file that defines the name. */
  readonly definedIn: string;
  /** The change takes the definition away. */
  readonly removed: boolean;
  readonly lines: readonly CodeLine[];
  /** How many more lines there are. */
  readonly more: number;
}

export interface TestsOfFile {
  readonly path: string;
  readonly tests: readonly string[];
}

export interface FileHistory {
  readonly path: string;
  /** Newest first. */
  readonly commits: readonly { readonly sha: string; readonly date: string; readonly subject: string }[];
}

/** What stands around a change and was looked up before the finder's first turn; each part belongs to a changed file. */
export interface Surroundings {
  readonly outlines: readonly FileOutline[];
  readonly uses: readonly NameUses[];
  readonly tests: readonly TestsOfFile[];
  readonly history: readonly FileHistory[];
  /** What was not looked up, in clauses. */
  readonly missing: readonly string[];
}

export const noSurroundings: Surroundings = { outlines: [], uses: [], tests: [], history: [], missing: [] };

/** What belongs to some of the files. */
export const surroundingsOf = (whole: Surroundings, paths: ReadonlySet<string>): Surroundings => ({
  outlines: whole.outlines.filter(({ path }) => paths.has(path)),
  uses: whole.uses.filter(({ definedIn }) => paths.has(definedIn)),
  tests: whole.tests.filter(({ path }) => paths.has(path)),
  history: whole.history.filter(({ path }) => paths.has(path)),
  missing: whole.missing,
});
