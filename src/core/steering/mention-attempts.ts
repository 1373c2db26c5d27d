import { injectionSigns, type InjectionSign } from "./injection-signs.ts";
import { plainForm } from "./plain-form.ts";
import { shortExcerpt } from "./short-excerpt.ts";
import { untrustedTexts, type ChangeWords, type TextPlace, type UntrustedRow } from "./untrusted-rows.ts";

/** What is told of attempts to steer a review: a few of them, and how many more there are. */
export interface SteeringMentions {
  readonly listed: readonly InjectionSign[];
  readonly more: number;
}

const mostListed = 5;

/** What the program finds in the change's own words, and what the model quoted beside it, each attempt once. */
export const mentionAttempts = (
  words: ChangeWords,
  { instructionsSeen }: { readonly instructionsSeen: readonly string[] },
): SteeringMentions => {
  const texts = withinRoom(untrustedTexts(words));
  const signs = injectionSigns(texts).filter(isFirst);
  for (const quote of instructionsSeen.filter((each) => fold(each) !== "")) {
    const place = placeOf(texts, quote);
    if (signs.some((sign) => isSame(sign, { place, excerpt: quote }))) continue;
    signs.push({ place, excerpt: shortExcerpt(quote) });
  }
  return { listed: signs.slice(0, mostListed), more: Math.max(0, signs.length - mostListed) };
};

/** A change of many megabytes is looked through as far as takes about a second; what is too long hides nothing behind it. */
const withinRoom = (texts: readonly (readonly UntrustedRow[])[]): readonly (readonly UntrustedRow[])[] => {
  let room = 4_000_000;
  return texts.filter((rows) => {
    const size = rows.reduce((sum, { text }) => sum + text.length, 0);
    const isRead = size <= room;
    if (isRead) room -= size;
    return isRead;
  });
};

/** A title that comes again in the description or a commit is told of once; each place in code is one to look at. */
const isFirst = (sign: InjectionSign, index: number, all: readonly InjectionSign[]): boolean =>
  sign.place.part === "code" || !all.slice(0, index).some((other) => other.excerpt === sign.excerpt);

/** Letters and digits alone: a quote may drop comment marks, quotes and line ends. */
const fold = (text: string): string =>
  plainForm(text)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** The row on which a quote begins. */
const placeOf = (texts: readonly (readonly UntrustedRow[])[], quote: string): TextPlace => {
  const wanted = fold(quote);
  for (const rows of texts) {
    const folded = rows.map(({ text }) => fold(text));
    const at = folded.join(" ").indexOf(wanted);
    if (at === -1) continue;
    let from = 0;
    const index = folded.findIndex((row) => at < (from += row.length + 1));
    const row = rows[index];
    if (row !== undefined) return row.place;
  }
  return { part: "elsewhere" };
};

/** Quotes of one attempt begin and end at other words; an attempt goes over a few lines. */
const isSame = (one: InjectionSign, other: InjectionSign): boolean => {
  if (one.place.part === "code" && other.place.part === "code" && one.place.path === other.place.path)
    if (Math.abs(one.place.line - other.place.line) <= 3) return true;
  const [a, b] = [fold(one.excerpt), fold(other.excerpt)];
  return a.includes(b.slice(0, 40)) || b.includes(a.slice(0, 40));
};

/** The same for a terminal: one heading, one line for each place. */
export const steeringLines = ({ listed, more }: SteeringMentions): readonly string[] => {
  if (listed.length === 0) return [];
  return [
    "Text in this change tries to steer its review; it was read as data:",
    ...listed.map(({ place, excerpt }) => `${placeText(place)}: "${excerpt}"`),
    ...(more === 0 ? [] : [`and ${more} more`]),
  ];
};

/** "title", "src/pay.ts:12". */
export const placeText = (place: TextPlace): string => {
  if (place.part === "elsewhere") return "quoted by the reviewer";
  return place.part === "code" ? `${place.path}:${place.line}` : place.part;
};
