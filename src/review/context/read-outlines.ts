import type { ChangedFile } from "../../core/change.ts";
import type { FileOutline } from "../../core/surroundings.ts";
import { isTestPath } from "../../core/test-path.ts";
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
    .filter(({ path, status, hunks }) => status !== "deleted" && hunks.length > 0 && isCode(source, path))
    .toSorted((a, b) => b.additions + b.deletions - (a.additions + a.deletions));
  const texts = new Map(source.analyzed.map(({ path, text }) => [path, text]));
  const outlineOf = async ({ path }: ChangedFile): Promise<FileOutline> => {
    const text = texts.get(path) ?? (await readText(source.trees, path, signal));
    const symbols = text === null || text.length > longestText ? null : await source.syntax.outline(path, text);
    return { path, symbols: symbols ?? [] };
  };
  // Reader and parser are one process each and take one question after the other; together they need not wait.
  const outlines = await Promise.all(known.slice(0, mostFiles).map(outlineOf));
  return {
    outlines: outlines.filter(({ symbols }) => symbols.length > 0),
    left: Math.max(0, known.length - mostFiles),
  };
};

/** A test defines nothing that others call, and its diff shows what it is. */
const isCode = ({ syntax }: OutlineSource, path: string): boolean =>
  syntax.languageOf(path) !== null && !isTestPath(path);

const readText = async (trees: ChangeTrees, path: string, signal: AbortSignal): Promise<string | null> => {
  const content = await trees.read("head", path, signal);
  return content.kind === "text" && !content.truncated ? content.text : null;
};
