import { withoutHiddenCharacters } from "../hidden-characters.ts";

/** Letters of other alphabets that look like Latin ones. */
const lookAlikes: Readonly<Record<string, string>> = {
  а: "a",
  е: "e",
  і: "i",
  о: "o",
  р: "p",
  с: "c",
  у: "y",
  х: "x",
  ѕ: "s",
  ԁ: "d",
  ո: "n",
  ν: "v",
  ο: "o",
  α: "a",
  ι: "i",
};

const mixedWord = /(?=\S{0,40}[A-Za-z])(?=\S{0,40}[аеіорсухѕԁոνοαι])\S{1,80}/gu;

const escaped = /&#(\d{2,6});|&#x([0-9a-f]{2,5});|\\x([0-9a-f]{2})|\\u\{?([0-9a-f]{4})\}?|%([2-7][0-9a-f])/gi;

/**
 * A row as a reader understands it: hidden characters gone and tag characters read out, wide and look-alike letters as
 * plain ones, escapes resolved.
 */
export const plainForm = (row: string): string => {
  const plain = plainAscii.test(row) ? row : plainLetters(row);
  return /[&\\%]/.test(plain) ? plain.replaceAll(escaped, (all, ...groups) => readEscape(all, groups)) : plain;
};

/** Nearly every row of code is, and hides nothing. */
const plainAscii = /^[\t\x20-\x7e]*$/;

const plainLetters = (row: string): string =>
  withoutHiddenCharacters(readTags(row))
    .normalize("NFKC")
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(mixedWord, (word) => word.replaceAll(/./gu, (letter) => lookAlikes[letter] ?? letter));

const readEscape = (all: string, groups: readonly unknown[]): string => {
  const [decimal, ...hexadecimal] = groups.slice(0, 5).map((group) => (typeof group === "string" ? group : null));
  const hex = hexadecimal.find((digits) => digits !== null) ?? null;
  const code = hex === null ? Number(decimal) : Number.parseInt(hex, 16);
  return code >= 0x20 && code < 0x7f ? String.fromCodePoint(code) : all;
};

/** Tag characters repeat ASCII where nobody sees it. */
const readTags = (text: string): string =>
  text.replaceAll(/[\u{e0020}-\u{e007e}]/gu, (tag) => String.fromCodePoint((tag.codePointAt(0) ?? 0) - 0xe0000));

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const encoded = /[A-Za-z0-9+/_-]{24,4000}={0,2}/g;

/** Sentences that stand in a row as base64. */
export const encodedSentences = (row: string): readonly string[] =>
  (row.match(encoded) ?? []).flatMap((run) => {
    const text = decodeBase64(run);
    return /^[\x20-\x7e\s]{12,}$/.test(text) && text.includes(" ") ? [text] : [];
  });

const decodeBase64 = (run: string): string => {
  let [bits, held, text] = [0, 0, ""];
  for (const sign of run.replaceAll("=", "").replaceAll("-", "+").replaceAll("_", "/")) {
    held = ((held << 6) | digits.indexOf(sign)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    text += String.fromCodePoint((held >> bits) & 0xff);
  }
  return text;
};
