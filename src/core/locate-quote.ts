import { foldQuote, foldSpace, splitLines } from "./fold-space.ts";
import { overlap, wordsOf } from "./words.ts";

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
  | { readonly found: "nowhere"; readonly nearest: readonly { readonly line: number; readonly text: string }[] };

export type QuoteLocator = (quote: string, hint: LineHint) => LocatedQuote;

/** Finds a quote in a text with white space folded; `createQuoteLocator` does it many times over one text. */
export const locateQuote = (text: string, quote: string, hint: LineHint): LocatedQuote =>
  createQuoteLocator(text)(quote, hint);

/** Folds a text once, so that many quotes can be looked up in it. */
export const createQuoteLocator = (text: string): QuoteLocator => {
  const raw = splitLines(text);
  const lines = raw.map(foldSpace);
  return (quote, hint) => {
    for (const reading of readings(quote)) {
      const place = choosePlace(wholeLines(lines, reading), partLines(lines, reading), hint);
      if (place !== null) return place;
    }
    return { found: "nowhere", nearest: nearestLines(raw, quote) };
  };
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

const wholeLines = (lines: readonly string[], quote: readonly string[]): readonly Place[] =>
  places(lines, quote, (line, quoted) => line === quoted);

/** Places where the first and last quoted lines are only parts of their lines. */
const partLines = (lines: readonly string[], quote: readonly string[]): readonly Place[] => {
  const last = quote.length - 1;
  if (last === 0) return places(lines, quote, (line, quoted) => line.includes(quoted));
  return places(lines, quote, (line, quoted, index) => {
    if (index === 0) return line.endsWith(quoted);
    return index === last ? line.startsWith(quoted) : line === quoted;
  });
};

const places = (
  lines: readonly string[],
  quote: readonly string[],
  fits: (line: string, quoted: string, index: number) => boolean,
): readonly Place[] => {
  const fitsAt = (start: number): boolean =>
    quote.every((quoted, index) => {
      const line = lines[start + index];
      return line !== undefined && fits(line, quoted, index);
    });
  const found: Place[] = [];
  for (let start = 0; start + quote.length <= lines.length; start += 1)
    if (fitsAt(start)) found.push({ startLine: start + 1, endLine: start + quote.length });
  return found;
};

const choosePlace = (whole: readonly Place[], parts: readonly Place[], hint: LineHint): LocatedQuote | null => {
  const hinted = hintedPlace(hint);
  if (hinted === null) return unhinted(whole.length > 0 ? whole : parts);
  const inPlace = [...whole, ...parts].find((place) => covers(place, hinted) || covers(hinted, place));
  if (inPlace !== undefined) return { found: "in_place", ...inPlace };
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

const shownChars = 200;
const leastSimilarity = 0.4;

/** The lines most like the quote's longest line; quotes run to 200 lines, so comparing with each would be too slow. */
const nearestLines = (
  raw: readonly string[],
  quote: string,
): readonly { readonly line: number; readonly text: string }[] => {
  const probe = wordsOf(
    foldQuote(quote).reduce((longest, line) => (line.length > longest.length ? line : longest), ""),
  );
  return raw
    .map((text, index) => ({ line: index + 1, text: text.trim().slice(0, shownChars) }))
    .map((candidate) => ({ ...candidate, score: overlap(probe, wordsOf(candidate.text)) }))
    .filter(({ score }) => score >= leastSimilarity)
    .toSorted((a, b) => b.score - a.score || a.line - b.line)
    .slice(0, 3)
    .map(({ line, text }) => ({ line, text }));
};
