/** One line with every run of white space as a single blank and none at its ends: how code is compared everywhere. */
export const foldSpace = (line: string): string => line.replace(/\s+/gu, " ").trim();

/** The lines of a text, split as git and GitHub count them: at "\n" alone. A last line end opens no further line. */
export const splitLines = (text: string): readonly string[] => {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
};

/** Folded lines of a quotation without blank lines at its two ends. */
export const foldQuote = (quote: string): readonly string[] => {
  const lines = quote.split("\n").map(foldSpace);
  const first = lines.findIndex((line) => line !== "");
  const last = lines.findLastIndex((line) => line !== "");
  return first === -1 ? [] : lines.slice(first, last + 1);
};
