/**
 * Characters that show nothing or turn the direction of what is shown: controls but tab and line ends, zero-width and
 * bidirectional marks, tags. Text that hides something from its reader is built of them (CVE-2021-42574). The two
 * selectors between a sign and its emoji are left.
 */
const hidden = /(?!\t|\n|\r|\u{fe0e}|\u{fe0f})[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

export const hasHiddenCharacters = (text: string): boolean => text.search(hidden) !== -1;

/** The text without them, and with "\n" as its only line end. */
export const withoutHiddenCharacters = (text: string): string =>
  text.replaceAll(/\r\n?/g, "\n").replaceAll(hidden, "").toWellFormed();
