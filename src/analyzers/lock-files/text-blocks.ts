/** Lines that belong together: a head and what is indented below it, or a TOML table. */
export interface TextBlock {
  readonly head: string;
  readonly line: number;
  /** The first line that matches, with the expression's first group. */
  readonly find: (pattern: RegExp) => { readonly line: number; readonly value: string } | null;
  readonly all: (pattern: RegExp) => readonly { readonly line: number; readonly value: string }[];
}

/** Blocks that start at each line that `isHead` holds for; by default at each one that is not indented. */
export function blocksOf(text: string, isHead: (line: string) => boolean = isFlush): readonly TextBlock[] {
  const blocks: { head: string; line: number; lines: string[] }[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trimEnd();
    if (isHead(line)) blocks.push({ head: line.replace(/:$/, ""), line: index + 1, lines: [] });
    else blocks.at(-1)?.lines.push(line);
  }
  return blocks.map(toBlock);
}

function isFlush(line: string): boolean {
  return /^[^\s#]/.test(line);
}

function toBlock({ head, line, lines }: { head: string; line: number; lines: readonly string[] }): TextBlock {
  const all = (pattern: RegExp): readonly { line: number; value: string }[] =>
    lines.flatMap((text, index) => {
      const value = pattern.exec(text)?.[1];
      return value === undefined ? [] : [{ line: line + 1 + index, value }];
    });
  return { head, line, all, find: (pattern) => all(pattern)[0] ?? null };
}
