/**
 * A member of pretty-printed JSON that stands on one line. `path` holds the keys around it, outermost first; `block` is
 * the same number for the members of one object.
 */
export interface JsonLine {
  readonly line: number;
  readonly block: number;
  readonly path: readonly string[];
  readonly key: string;
  readonly value: string;
}

const opening = /^\s*(?:"((?:[^"\\]|\\.)*)":\s*)?[[{]$/;
/** Nested dependencies of npm 6 are the deepest there are, and those stay far below this. */
const deepest = 200;
const member = /^\s*"((?:[^"\\]|\\.)*)":\s*(.+?),?$/;

/**
 * The members of JSON as package managers write it, line by line: a parser would lose the lines. JSON that is written
 * otherwise gives none.
 */
export function jsonLines(text: string): readonly JsonLine[] {
  const open: { readonly path: readonly string[]; readonly block: number }[] = [];
  const members: JsonLine[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trimEnd();
    const opened = opening.exec(line);
    if (opened !== null) open.push({ path: [...(open.at(-1)?.path ?? []), opened[1] ?? ""], block: index });
    if (open.length > deepest) return [];
    if (opened !== null) continue;
    if (/^\s*[\]}]+,?$/.test(line)) open.pop();
    else {
      const [, key, value] = member.exec(line) ?? [];
      const around = open.at(-1);
      if (key === undefined || value === undefined || around === undefined) continue;
      members.push({ line: index + 1, ...around, key, value: unquoted(value) });
    }
  }
  return members;
}

function unquoted(value: string): string {
  return value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1).replaceAll(String.raw`\/`, "/") : value;
}
