const longestQuote = 1000;

/** The lines of a text as git counts them, each without a carriage return at its end. */
export function linesOf(text: string): readonly string[] {
  return text.split("\n").map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
}

/** A line as a quote: whole, or of an endless line the part that begins at `column` (0-based). Null where it is blank. */
export function quoteLine(line: string, column: number): string | null {
  const quote = line.length <= longestQuote ? line : line.slice(column, column + longestQuote).toWellFormed();
  return quote.trim() === "" ? null : quote;
}
