import type { NameUse, OutlineEntry, Syntax } from "../../src/review/ports.ts";

const languageOf = (path: string) => (path.endsWith(".ts") ? "typescript" : null);

/** Reads plain TypeScript line by line: top-level functions and classes, counted brackets, words outside of quotes. */
export function createFakeSyntax(): Syntax {
  const known =
    <Args extends unknown[], Result>(read: (text: string, ...args: Args) => Result) =>
    async (path: string, text: string, ...args: Args): Promise<Result | null> =>
      languageOf(path) === null ? null : read(text, ...args);
  return {
    languageOf,
    outline: known(outline),
    parseErrors: known(unbalancedLines),
    identifierLines: known((text: string, name: string) => linesWith(text, name)),
    uses: known((text: string, name: string) => uses(text, name)),
  };
}

function outline(text: string): readonly OutlineEntry[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    const found = /^(export )?(function|class) (\w+)/.exec(line);
    if (found === null) return [];
    const [, exported, kind = "", name = ""] = found;
    const end = lines.findIndex((other, at) => at >= index && other.endsWith("}") && !other.startsWith(" "));
    const range = { startLine: index + 1, endLine: (end === -1 ? lines.length - 1 : end) + 1 };
    return [{ kind, name, ...range, exported: exported !== undefined, signature: line.replace(/\s*\{.*$/, "") }];
  });
}

function unbalancedLines(text: string): readonly number[] {
  const code = withoutProse(text);
  const count = (pattern: RegExp) => code.match(pattern)?.length ?? 0;
  return count(/[([{]/g) === count(/[)\]}]/g) ? [] : [text.split("\n").length];
}

function linesWith(text: string, name: string): readonly number[] {
  const lines = withoutProse(text).split("\n");
  return lines.flatMap((line, index) => (line.split(/[^\w$]+/).includes(name) ? [index + 1] : []));
}

function uses(text: string, name: string): readonly NameUse[] {
  const [lines, entries] = [text.split("\n"), outline(text)];
  return linesWith(text, name).map((line): NameUse => {
    const code = lines[line - 1] ?? "";
    const defined = entries.find((entry) => entry.startLine === line && entry.name === name);
    if (defined !== undefined) return { role: "definition", line, ...rangeOf(defined), within: null };
    const within = entries.findLast(({ startLine, endLine }) => startLine <= line && line <= endLine);
    return {
      role: roleIn(code, name),
      line,
      startLine: line,
      endLine: line,
      within: within === undefined ? null : { kind: within.kind, name: within.name, ...rangeOf(within) },
    };
  });
}

const rangeOf = ({ startLine, endLine }: OutlineEntry) => ({ startLine, endLine });

function roleIn(code: string, name: string): NameUse["role"] {
  if (code.startsWith("import ")) return "import";
  return code.includes(`${name}(`) ? "call" : "other";
}

function withoutProse(text: string): string {
  return text.replaceAll(/\/\/.*|"[^"\n]*"/g, "");
}
