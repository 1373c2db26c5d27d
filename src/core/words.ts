/** Identifiers and numbers of a text, lower case, camelCase and snake_case taken apart. */
export const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
      .toLowerCase()
      .match(/[\p{L}\d]+/gu) ?? [],
  );

/** Sørensen-Dice overlap of two sets, 0 (nothing shared, or both empty) to 1 (equal). */
export const overlap = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  if (a.size + b.size === 0) return 0;
  const shared = [...a].filter((word) => b.has(word)).length;
  return (2 * shared) / (a.size + b.size);
};
