import { wordsOf } from "./words.ts";

export interface NearLine {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

const shownChars = 200;
const leastSimilarity = 0.4;
/** A word on more lines than this says nothing about which of them is meant. */
const commonFrom = 5_000;

/** Answers which at most three lines are most like a text, best first. The words of all lines are read once, when first asked. */
export const createNearestLines = (lines: readonly string[]): ((text: string) => readonly NearLine[]) => {
  let index: WordIndex | null = null;
  return (text) => {
    index ??= indexWords(lines);
    return scoreLines(index, text)
      .toSorted((a, b) => b.score - a.score || a.line - b.line)
      .slice(0, 3)
      .map(({ line }) => ({ line: line + 1, text: (lines[line] ?? "").trim().slice(0, shownChars) }));
  };
};

interface WordIndex {
  /** Word → the lines that hold it. */
  readonly linesOf: ReadonlyMap<string, readonly number[]>;
  /** How many different words each line holds. */
  readonly sizes: readonly number[];
}

const indexWords = (lines: readonly string[]): WordIndex => {
  const linesOf = new Map<string, number[]>();
  const sizes = lines.map((text, line) => {
    const words = wordsOf(text);
    for (const word of words) {
      const known = linesOf.get(word);
      if (known === undefined) linesOf.set(word, [line]);
      else known.push(line);
    }
    return words.size;
  });
  return { linesOf, sizes };
};

/** Sørensen-Dice overlap with each line that shares a telling word, where there is enough of it. */
const scoreLines = ({ linesOf, sizes }: WordIndex, text: string): readonly { line: number; score: number }[] => {
  const probe = wordsOf(text);
  const shared = new Map<number, number>();
  for (const word of probe) {
    const lines = linesOf.get(word) ?? [];
    if (lines.length > commonFrom) continue;
    for (const line of lines) shared.set(line, (shared.get(line) ?? 0) + 1);
  }
  return [...shared]
    .map(([line, count]) => ({ line, score: (2 * count) / (probe.size + (sizes[line] ?? 0)) }))
    .filter(({ score }) => score >= leastSimilarity);
};
