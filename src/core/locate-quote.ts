import { foldQuote, foldSpace, splitLines } from "./fold-space.ts";
import { createNearestLines, type NearLine } from "./nearest-lines.ts";

/** Where a finder believes the quote to stand: 1-based inclusive lines, null where it does not say. */
export interface LineHint {
  readonly startLine: number | null;
  readonly line: number | null;
}

interface Place {
  readonly startLine: number;
  readonly endLine: number;
}

/**
 * Where a quote stands in a text. "in_place": where the hint says, or the only place when there is no hint; "moved":
 * elsewhere, or the first of several without a hint; "nowhere" comes with at most three of the most similar lines.
 */
export type LocatedQuote =
  | ({ readonly found: "in_place" | "moved" } & Place)
  | { readonly found: "nowhere"; readonly nearest: readonly NearLine[] };

export type QuoteLocator = (quote: string, hint: LineHint) => LocatedQuote;

/** Finds a quote in a text with white space folded; `createQuoteLocator` does it many times over one text. */
export const locateQuote = (text: string, quote: string, hint: LineHint): LocatedQuote =>
  createQuoteLocator(text)(quote, hint);

/** Folds a text once, so that many quotes can be looked up in it. */
export const createQuoteLocator = (text: string): QuoteLocator => {
  const raw = splitLines(text);
  const folded = foldText(raw);
  const nearest = createNearestLines(raw);
  return (quote, hint) => {
    for (const reading of readings(quote)) {
      const place = choosePlace(folded, reading, hint);
      if (place !== null) return place;
    }
    return { found: "nowhere", nearest: nearest(longestLine(quote)) };
  };
};

interface FoldedText {
  readonly lines: readonly string[];
  /** Folded line → the indices where it stands. */
  readonly starts: ReadonlyMap<string, readonly number[]>;
}

const foldText = (raw: readonly string[]): FoldedText => {
  const lines = raw.map(foldSpace);
  return { lines, starts: Map.groupBy(lines.keys(), (index) => lines[index] ?? "") };
};

/** The quote as it is, then without the line numbers, then without the diff markers that a finder may have copied. */
const readings = (quote: string): readonly (readonly string[])[] => {
  const variants = [quote, withoutPrefix(quote, /^\s*\d+\s*[:|\t→]/u), withoutPrefix(quote, /^[+-]/u)];
  return variants
    .filter((variant) => variant !== null)
    .map(foldQuote)
    .filter((lines) => lines.length > 0);
};

/** Null where the prefix is not on the first line: then it is no habit of the quote but part of the code. */
const withoutPrefix = (quote: string, prefix: RegExp): string | null => {
  const lines = quote.split("\n");
  const first = lines.find((line) => line.trim() !== "");
  if (first === undefined || !prefix.test(first)) return null;
  return lines.map((line) => line.replace(prefix, "")).join("\n");
};

const wholeLines = ({ lines, starts }: FoldedText, quote: readonly string[]): readonly Place[] =>
  places(starts.get(quote[0] ?? "") ?? [], quote, (start) =>
    quote.every((quoted, index) => lines[start + index] === quoted),
  );

/** Places where the first and last quoted lines are only parts of their lines. */
const partLines = ({ lines }: FoldedText, quote: readonly string[]): readonly Place[] => {
  const last = quote.length - 1;
  const fits = (line: string, quoted: string, index: number): boolean => {
    if (last === 0) return line.includes(quoted);
    if (index === 0) return line.endsWith(quoted);
    return index === last ? line.startsWith(quoted) : line === quoted;
  };
  return places([...lines.keys()], quote, (start) =>
    quote.every((quoted, index) => fits(lines[start + index] ?? "", quoted, index)),
  );
};

const places = (
  starts: readonly number[],
  quote: readonly string[],
  fitsAt: (start: number) => boolean,
): readonly Place[] => starts.filter(fitsAt).map((start) => ({ startLine: start + 1, endLine: start + quote.length }));

/** Whole lines before parts of lines, except that a part under the hint is better than a whole line elsewhere. */
const choosePlace = (text: FoldedText, quote: readonly string[], hint: LineHint): LocatedQuote | null => {
  const hinted = hintedPlace(hint);
  const whole = wholeLines(text, quote);
  if (hinted === null) return unhinted(whole.length > 0 ? whole : partLines(text, quote));
  const isUnderHint = (place: Place): boolean => covers(place, hinted) || covers(hinted, place);
  const here = whole.find(isUnderHint);
  if (here !== undefined) return { found: "in_place", ...here };
  const parts = partLines(text, quote);
  const partHere = parts.find(isUnderHint);
  if (partHere !== undefined) return { found: "in_place", ...partHere };
  const nearest = nearestPlace(whole.length > 0 ? whole : parts, hinted);
  return nearest === null ? null : { found: "moved", ...nearest };
};

const unhinted = (candidates: readonly Place[]): LocatedQuote | null => {
  const [first] = candidates;
  if (first === undefined) return null;
  return { found: candidates.length === 1 ? "in_place" : "moved", ...first };
};

const hintedPlace = ({ startLine, line }: LineHint): Place | null => {
  const end = line ?? startLine;
  if (end === null) return null;
  return { startLine: Math.min(startLine ?? end, end), endLine: Math.max(startLine ?? end, end) };
};

const covers = (outer: Place, inner: Place): boolean =>
  outer.startLine <= inner.startLine && outer.endLine >= inner.endLine;

const nearestPlace = (candidates: readonly Place[], hinted: Place): Place | null =>
  candidates.reduce<Place | null>((best, place) => {
    if (best === null) return place;
    const distance = Math.abs(place.startLine - hinted.startLine);
    return distance < Math.abs(best.startLine - hinted.startLine) ? place : best;
  }, null);

/** Of a quote of many lines the longest is looked for. */
const longestLine = (quote: string): string =>
  foldQuote(quote).reduce((longest, line) => (line.length > longest.length ? line : longest), "");
