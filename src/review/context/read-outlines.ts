import type { ChangedFile } from "../../core/change.ts";
import type { FileOutline } from "../../core/surroundings.ts";
import type { AnalyzedFile, ChangeTrees, Syntax } from "../ports.ts";

const mostFiles = 30;
const longestText = 200_000;

export interface OutlineSource {
  readonly trees: ChangeTrees;
  readonly syntax: Syntax;
  /** Texts that were read before. */
  readonly analyzed: readonly AnalyzedFile[];
}

export interface ReadOutlines {
  readonly outlines: readonly FileOutline[];
  /** How many files with a grammar were not looked at. */
  readonly left: number;
}

/** What the most changed files define at the head, where there is a grammar. */
export const readOutlines = async (
  source: OutlineSource,
  files: readonly ChangedFile[],
  signal: AbortSignal,
): Promise<ReadOutlines> => {
  const known = files
    .filter(({ path, status, hunks }) => status !== "deleted" && hunks.length > 0 && hasGrammar(source, path))
    .toSorted((a, b) => b.additions + b.deletions - (a.additions + a.deletions));
  const texts = new Map(source.analyzed.map(({ path, text }) => [path, text]));
  const outlines: FileOutline[] = [];
  for (const { path } of known.slice(0, mostFiles)) {
    const text = texts.get(path) ?? (await readText(source.trees, path, signal));
    const symbols = text === null || text.length > longestText ? null : await source.syntax.outline(path, text);
    if (symbols !== null && symbols.length > 0) outlines.push({ path, symbols });
  }
  return { outlines, left: Math.max(0, known.length - mostFiles) };
};

const hasGrammar = ({ syntax }: OutlineSource, path: string): boolean => syntax.languageOf(path) !== null;

const readText = async (trees: ChangeTrees, path: string, signal: AbortSignal): Promise<string | null> => {
  const content = await trees.read("head", path, signal);
  return content.kind === "text" && !content.truncated ? content.text : null;
};
