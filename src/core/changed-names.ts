import type { ChangedFile, Hunk, HunkLine } from "./change.ts";
import type { OutlinedSymbol } from "./surroundings.ts";

/** Names as the changed lines of one file tell them, without a grammar. */
export interface ChangedNames {
  /** Declared on changed lines, or around them by the word of git. */
  readonly defined: ReadonlySet<string>;
  /** Declared on removed lines and on no added one. */
  readonly removed: ReadonlySet<string>;
  /** Every identifier on changed lines. */
  readonly used: ReadonlySet<string>;
}

const declarations = [
  /\b(?:function\*?|class|interface|enum|struct|trait|def|func|fn|fun|module|namespace|record|protocol|object)\s+(?:\([^)]*\)\s*)?([A-Za-z_$][\w$]*)/g,
  // At the margin or exported: elsewhere these are local.
  /^(?:export\s+|pub(?:\([a-z]+\))?\s+|public\s+)?(?:const|let|var|val|static|type|final)\s+(?:mut\s+)?([A-Za-z_$][\w$]*)/g,
  // "public int total(int a) {": Java, C#, C++.
  /^\s*(?:[\w<>[\],*&:]+\s+)+\*?([A-Za-z_]\w*)\s*\([^;]*\)[^;=]*\{\s*$/g,
];

const keywords = new Set(
  "if for while switch catch return else do try with foreach using lock sizeof await new".split(" "),
);

export const changedNames = (file: ChangedFile): ChangedNames => {
  const changed = file.hunks.flatMap(({ lines }) => lines.filter(({ kind }) => kind !== "context"));
  const added = declaredIn(changed.filter(({ kind }) => kind === "added"));
  const gone = declaredIn(changed.filter(({ kind }) => kind === "removed"));
  const around = file.hunks.flatMap((hunk) => namesDeclared(hunk.heading));
  const kept = new Set([...added, ...around]);
  return {
    defined: new Set([...added, ...gone, ...around]),
    removed: new Set(gone.filter((name) => !kept.has(name))),
    used: new Set(identifiersIn(changed.map(({ text }) => text.slice(0, longestRead)).join("\n"))),
  };
};

const declaredIn = (lines: readonly HunkLine[]): readonly string[] => lines.flatMap(({ text }) => namesDeclared(text));

const longestRead = 400;

/** Most lines declare nothing, and this is asked of every changed line. */
const mayDeclare =
  /\b(?:function|class|interface|enum|struct|trait|def|func|fn|fun|module|namespace|record|protocol|object)\b|^(?:export\s+|pub\S*\s+)?(?:const|let|var|val|static|type|final)\b|\)[^;=]*\{\s*$/;

const namesDeclared = (text: string): readonly string[] => (mayDeclare.test(text) ? readDeclarations(text) : []);

const readDeclarations = (text: string): readonly string[] =>
  declarations
    .flatMap((pattern) => [...text.slice(0, longestRead).matchAll(pattern)].flatMap(([, name]) => name ?? []))
    .filter((name) => !keywords.has(name) && isTelling(name));

export const identifiersIn = (text: string): readonly string[] => text.match(/[A-Za-z_$][\w$]*/g) ?? [];

const common = new Set(
  "main init get set new run test index default constructor toString equals hashCode name value data item list key self this type props state result error length setUp tearDown".split(
    " ",
  ),
);

/** Whether a search for the name alone can tell anything: neither everybody's word nor one that a language calls by itself. */
export const isTelling = (name: string): boolean => name.length > 2 && !common.has(name) && !/^__\w+__$/.test(name);

/** The innermost definitions that hold a changed line; a removed line counts where it stood. */
export const changedSymbols = (file: ChangedFile, symbols: readonly OutlinedSymbol[]): readonly OutlinedSymbol[] => {
  const found = file.hunks.flatMap(touchedLines).map((line) => innermost(symbols, line));
  return [...new Set(found.filter((symbol) => symbol !== null))];
};

const touchedLines = (hunk: Hunk): readonly number[] => {
  let next = hunk.rightStart;
  const touched: number[] = [];
  for (const line of hunk.lines) {
    if (line.kind !== "context") touched.push(line.kind === "added" ? line.right : next);
    if (line.kind !== "removed") next = line.right + 1;
  }
  return touched;
};

/** The smallest definition around another one. */
export const containerOf = (symbols: readonly OutlinedSymbol[], inner: OutlinedSymbol): OutlinedSymbol | null =>
  innermost(
    symbols.filter(
      (symbol) => symbol !== inner && inner.endLine <= symbol.endLine && lengthOf(symbol) > lengthOf(inner),
    ),
    inner.startLine,
  );

const innermost = (symbols: readonly OutlinedSymbol[], line: number): OutlinedSymbol | null => {
  const around = symbols.filter(({ startLine, endLine }) => startLine <= line && line <= endLine);
  return around.reduce<OutlinedSymbol | null>(
    (best, each) => (best === null || lengthOf(each) <= lengthOf(best) ? each : best),
    null,
  );
};

const lengthOf = ({ startLine, endLine }: OutlinedSymbol): number => endLine - startLine;
