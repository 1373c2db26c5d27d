/** Identifiers and numbers of a text, lower case, camelCase and snake_case taken apart. */
export const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
      .toLowerCase()
      .match(/[\p{L}\d]+/gu) ?? [],
  );

/** The words that carry meaning, without their endings: "the promise is not awaited" → promis, await. */
export const contentWords = (text: string): ReadonlySet<string> =>
  new Set([...wordsOf(text)].filter((word) => word.length > 1 && !functionWords.has(word)).map(stem));

/** Sørensen-Dice overlap of two sets, 0 (nothing shared, or both empty) to 1 (equal). */
export const overlap = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  a.size + b.size === 0 ? 0 : (2 * sharedCount(a, b)) / (a.size + b.size);

export const sharedCount = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  [...a].filter((word) => b.has(word)).length;

/** Crude on purpose: it only has to bring "await", "awaits", "awaited" and "awaiting" together. */
const stem = (word: string): string => (word.length > 4 ? word.replace(/(?:ing|ed|es|s|e)$/u, "") : word);

const functionWords: ReadonlySet<string> = new Set(
  (
    "a an and any are as at be because been but by can could did do does for from had has have he her here his how i if in " +
    "into is it its just may might more most must no nor not of on once one only or other our out over same she should so some " +
    "such than that the their them then there these they this those to too under until up very was we were what when where " +
    "which while who why will with would you your"
  ).split(" "),
);
