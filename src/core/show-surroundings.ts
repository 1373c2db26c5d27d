import type { ChangedFile } from "./change.ts";
import { changedSymbols } from "./changed-names.ts";
import { countOf } from "./count-of.ts";
import type { FileHistory, FileOutline, NameUses, OutlinedSymbol, Surroundings, TestsOfFile } from "./surroundings.ts";
import { truncateLines, truncateText } from "./truncate.ts";

/** Characters of each part; about four make a token. */
const limits = { outlines: 8000, uses: 9000, tests: 2500, history: 3500 } as const;
const wholeOutline = 25;

/** The parts of a message that show what stands around the files of a change; each is cut at its end and says so. */
export const showSurroundings = (around: Surroundings, files: readonly ChangedFile[]): readonly string[] => [
  part("Outline of the files at the head (* holds changed lines)", limits.outlines, outlineLines(around, files)),
  part("Where else the changed names stand, found by name alone", limits.uses, around.uses.flatMap(useLines)),
  part("Nearest tests", limits.tests, around.tests.map(testLine)),
  part("Last commits to the files before this change", limits.history, around.history.flatMap(historyLines)),
  ...(around.missing.length === 0 ? [] : [`# Not looked up for this overview\n${around.missing.join("; ")}`]),
];

const part = (title: string, maxChars: number, all: readonly string[]): string => {
  if (all.length === 0) return "";
  const { lines, left } = truncateLines(all, maxChars);
  return [`# ${title}`, ...lines, ...(left === 0 ? [] : [`[${countOf(left, "more line")} left out]`])].join("\n");
};

const outlineLines = ({ outlines }: Surroundings, files: readonly ChangedFile[]): readonly string[] => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return outlines.flatMap((outline) => {
    const file = byPath.get(outline.path);
    return file === undefined ? [] : outlineOfFile(outline, new Set(changedSymbols(file, outline.symbols)));
  });
};

/** A long outline is reduced to what holds changed lines and what stands around that. */
const outlineOfFile = ({ path, symbols }: FileOutline, changed: ReadonlySet<OutlinedSymbol>): readonly string[] => {
  const holdsChanged = (symbol: OutlinedSymbol): boolean =>
    [...changed].some(({ startLine, endLine }) => symbol.startLine <= startLine && endLine <= symbol.endLine);
  const shown = symbols.length <= wholeOutline ? symbols : symbols.filter(holdsChanged);
  const left = symbols.length - shown.length;
  return [
    `${path}:${left === 0 ? "" : ` (${countOf(left, "unchanged definition")} left out)`}`,
    ...shown.map((symbol) => `${changed.has(symbol) ? "*" : " "} ${showSymbol(symbol)}`),
  ];
};

const showSymbol = ({ startLine, endLine, exported, kind, signature }: OutlinedSymbol): string =>
  `${startLine}-${endLine} ${exported ? "exported " : ""}${kind}: ${truncateText(signature, 140)}`;

const useLines = ({ name, definedIn, removed, lines, more }: NameUses): readonly string[] => [
  `${name} (${removed ? "removed from" : "in"} ${definedIn})${countMore(lines.length, more)}`,
  ...lines.map(({ path, line, text }) => `  ${path}:${line}: ${truncateText(text.trim(), 140)}`),
];

const countMore = (shown: number, more: number): string => {
  if (more === 0) return ":";
  return shown === 0 ? `: ${countOf(more, "line")}, too many to show` : `, the first ${shown} of ${shown + more}:`;
};

const testLine = ({ path, tests }: TestsOfFile): string => `- ${path}: ${tests.join(", ")}`;

const historyLines = ({ path, commits }: FileHistory): readonly string[] => [
  `${path}:`,
  ...commits.map(
    ({ sha, date, subject }) => `  ${sha.slice(0, 10)} ${date.slice(0, 10)} ${truncateText(subject, 100)}`,
  ),
];
