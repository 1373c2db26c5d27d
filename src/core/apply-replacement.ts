export interface Replacement {
  /** 1-based inclusive lines that go. */
  readonly startLine: number;
  readonly endLine: number;
  /** Whole lines without a final line end; empty text takes the lines out. */
  readonly text: string;
}

/**
 * The text after the replacement, as GitHub commits a suggestion: the lines' own line ends are kept, and a last line
 * without one stays without one. Lines that the text does not have are a caller's bug.
 */
export const applyReplacement = (text: string, { startLine, endLine, text: replacement }: Replacement): string => {
  const rows = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  if (startLine < 1 || endLine < startLine || endLine > rows.length)
    throw new RangeError(`lines ${startLine}-${endLine} of ${rows.length}`);
  const lineEnd = lineEndOf(rows[startLine - 1]) || lineEndOf(rows[0]) || "\n";
  const lines = replacement === "" ? [] : replacement.split(/\r?\n/);
  const lastEnd = lineEndOf(rows[endLine - 1]);
  const put = lines.map((line, index) => line + (index === lines.length - 1 ? lastEnd : lineEnd));
  return [...rows.slice(0, startLine - 1), ...put, ...rows.slice(endLine)].join("");
};

const lineEndOf = (row: string | undefined): string => row?.match(/\r?\n$/)?.[0] ?? "";
