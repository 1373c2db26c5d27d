import { encodedSentences, plainForm } from "./plain-form.ts";
import { hidesText } from "./hidden-signs.ts";
import {
  addresses,
  addressWords,
  attemptWords,
  botCommands,
  orderKinds,
  ordinaryScope,
  plainAttempts,
} from "./phrases.ts";
import { shortExcerpt } from "./short-excerpt.ts";
import type { TextPlace, UntrustedRow } from "./untrusted-rows.ts";

/** Text that tries to steer whoever reviews the change: where it stands, and its beginning on one line. */
export interface InjectionSign {
  readonly place: TextPlace;
  readonly excerpt: string;
}

/** How far behind the one who is spoken to an order still is for them. */
const reach = 320;
/** Enough for an excerpt, whatever is masked in it. */
const longestTold = 2_000;
/** What is longer is no sentence; minified code would cost time for nothing. */
const longestRow = 8_000;

/**
 * Finds text that tries to steer a reviewer: orders to approve, to skip or to keep silent, pretended roles, fences and
 * verdicts, commands to bots, hidden characters, and all of it as base64 or with look-alike letters. Conservative, and
 * used to tell people alone: what it finds or misses changes nothing of a review. At most one sign for each row.
 */
export const injectionSigns = (texts: readonly (readonly UntrustedRow[])[]): readonly InjectionSign[] =>
  texts.flatMap(signsOfText);

const signsOfText = (rows: readonly UntrustedRow[]): readonly InjectionSign[] => {
  const said = attemptsIn(rows.map(({ text }) => plainRow(text)));
  let spoken = -Infinity;
  return rows.flatMap((row, index) => {
    const excerpt = said.get(index) ?? signOfRow(row);
    // The rest of one attempt's sentence is no further attempt.
    const isNew = excerpt !== null && (!said.has(index) || index > spoken + 2);
    if (said.has(index)) spoken = index;
    return excerpt === null || !isNew ? [] : [{ place: row.place, excerpt: shortExcerpt(excerpt) }];
  });
};

const commentMarks = /^\s*(?:\/{2,}!?|\/\*{1,2}|\*+\/?|#+!?|--|;+|%+|"""|'''|REM\b|>+)?\s{0,8}/;

const plainRow = (text: string): string => plainForm(text.slice(0, longestRow)).replace(commentMarks, "");

/** What a row shows by itself, whatever stands around it. */
const signOfRow = ({ place, text }: UntrustedRow): string | null => {
  const row = text.slice(0, longestRow);
  if (hidesText(row)) return row;
  if (botCommands.test(place.part === "code" ? row.replace(commentMarks, "") : row)) return row;
  const hidden = encodedSentences(row).find((sentence) => attemptsIn([sentence]).size > 0);
  return hidden === undefined ? null : `base64 of: ${hidden}`;
};

/** Row → the text from the attempt on, for each row on which one begins. */
const attemptsIn = (rows: readonly string[]): ReadonlyMap<number, string> => {
  const text = rows.join("\n");
  const starts = [...(attemptWords.test(text) ? matchStarts(plainAttempts, text) : []), ...addressedOrders(text)];
  if (starts.length === 0) return new Map();
  const rowStarts = startsOf(rows);
  const found = new Map<number, string>();
  for (const start of starts.toSorted((a, b) => a - b)) {
    const index = firstAtLeast(rowStarts, start + 1) - 1;
    const rowStart = rowStarts[index] ?? 0;
    // What leads to the attempt is shown with it, where it is short.
    const from = start - rowStart <= 40 ? rowStart : start;
    if (!found.has(index)) found.set(index, text.slice(from, from + longestTold));
  }
  return found;
};

const startsOf = (rows: readonly string[]): readonly number[] => {
  let next = 0;
  return rows.map((row) => {
    const start = next;
    next += row.length + 1;
    return start;
  });
};

const matchStarts = (pattern: RegExp, text: string): readonly number[] =>
  [...text.matchAll(pattern)].map(({ index }) => index);

/** Where somebody is spoken to as a reviewing program is, and told to do something soon after. */
const addressedOrders = (text: string): readonly number[] => {
  const spokenTo = addressWords.test(text) ? matchStarts(addresses, text) : [];
  if (spokenTo.length === 0) return [];
  const told = Object.values(orderKinds).flatMap((kind) => matchStarts(kind, text));
  const orders = told.filter((at) => !ordinaryScope.test(sentenceAt(text, at))).toSorted((a, b) => a - b);
  return spokenTo.filter((from) => {
    const order = orders[firstAtLeast(orders, from)];
    return order !== undefined && order < from + reach;
  });
};

const sentenceAt = (text: string, start: number): string =>
  /^[^.!?]{0,200}/u.exec(text.slice(start, start + 200))?.[0] ?? "";

/** Index of the first number that is `least` or more, in ascending numbers. */
const firstAtLeast = (numbers: readonly number[], least: number): number => {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
};
