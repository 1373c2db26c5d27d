/** Cuts a text at `max` characters and says how much is missing; never in the middle of a surrogate pair. */
export const truncateText = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const kept = withoutHalfPair(text.slice(0, max));
  return `${kept}… [${text.length - kept.length} more characters]`;
};

const withoutHalfPair = (text: string): string => (/[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text);

export interface TruncatedLines {
  readonly lines: readonly string[];
  /** How many lines of the input are not among them. */
  readonly left: number;
}

/** The first lines that fit into `max` characters together with their line ends; at least one where there is any. */
export const truncateLines = (lines: readonly string[], max: number): TruncatedLines => {
  let used = 0;
  const firstOver = lines.findIndex((line, index) => {
    used += line.length + 1;
    return index > 0 && used > max;
  });
  const kept = firstOver === -1 ? lines : lines.slice(0, firstOver);
  return { lines: kept, left: lines.length - kept.length };
};
