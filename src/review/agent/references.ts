import { z } from "zod";
import { countOf } from "../../core/count-of.ts";
import { truncateLines } from "../../core/truncate.ts";
import type { GrepMatch, TreeSide } from "../ports.ts";
import { readText } from "./read-text.ts";
import { showMatches } from "./search.ts";
import { atSchema, globsSchema, nameSchema, type ToolDeps } from "./tool-deps.ts";
import { defineTool, note, type Tool } from "./tool.ts";
import { wholeWord } from "./whole-word.ts";

const maxMatches = 300;
const maxChars = 20_000;
const parsedFiles = 60;

/** The tool that shows where a name is used. */
export const referencesTool = (deps: ToolDeps): Tool =>
  defineTool({
    name: "references",
    description:
      "Finds where an identifier is used or defined, in all files, as a whole word; leaves out comments and strings where there is a grammar for the language. By name only: it does not tell apart two things of one name.",
    input: z.strictObject({
      name: nameSchema,
      globs: globsSchema,
      at: atSchema,
    }),
    run: async ({ name, globs, at }, signal) => {
      const pattern = wholeWord(name);
      const query = { at, pattern, fixed: false, ignoreCase: false, globs: globs ?? [], contextLines: 0, maxMatches };
      const found = await deps.trees.grep(query, signal);
      if ("invalid" in found) return note("This name cannot be searched for; use search with fixed.");
      const inCode = await onlyInCode(deps, { at, name, matches: found.matches }, signal);
      const count = countLines(inCode.length, found.matches.length - inCode.length);
      if (inCode.length === 0) return note(count);
      const { lines, left } = truncateLines(showMatches(inCode), maxChars);
      const cut = found.truncated || left > 0 ? " There are more: narrow the globs." : "";
      return { note: `${count}${cut}`, data: lines.join("\n") };
    },
  });

const countLines = (inCode: number, leftOut: number): string =>
  `${countOf(inCode, "line")}${leftOut > 0 ? `, ${leftOut} in comments or strings left out` : ""}.`;

interface Named {
  readonly at: TreeSide;
  readonly name: string;
  readonly matches: readonly GrepMatch[];
}

const onlyInCode = async (
  deps: ToolDeps,
  { at, name, matches }: Named,
  signal: AbortSignal,
): Promise<readonly GrepMatch[]> => {
  const kept: GrepMatch[] = [];
  const byPath = [...Map.groupBy(matches, ({ path }) => path)];
  for (const [index, [path, inFile]] of byPath.entries()) {
    const lines = index < parsedFiles ? await codeLines(deps, { at, path, name }, signal) : null;
    kept.push(...(lines === null ? inFile : inFile.filter(({ line }) => lines.has(line))));
  }
  return kept;
};

/** Null where no grammar can tell. */
const codeLines = async (
  { trees, syntax }: ToolDeps,
  { at, path, name }: { readonly at: TreeSide; readonly path: string; readonly name: string },
  signal: AbortSignal,
): Promise<ReadonlySet<number> | null> => {
  if (syntax.languageOf(path) === null) return null;
  const content = await readText(trees, { at, path }, signal);
  const lines = "none" in content || content.truncated ? null : await syntax.identifierLines(path, content.text, name);
  return lines === null ? null : new Set(lines);
};
