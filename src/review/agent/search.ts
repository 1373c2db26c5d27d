import { z } from "zod";
import { countOf } from "../../core/count-of.ts";
import { showLine } from "../../core/show-lines.ts";
import { truncateLines } from "../../core/truncate.ts";
import type { GrepMatch } from "../ports.ts";
import { atSchema, globsSchema, type ToolDeps } from "./tool-deps.ts";
import { defineTool, note, type Tool } from "./tool.ts";

const maxMatches = 120;
const maxChars = 20_000;
const mostContext = 10;

/** The tool that searches the text of all files. */
export const searchTool = ({ trees }: ToolDeps): Tool =>
  defineTool({
    name: "search",
    description: `Searches all files for a pattern, line by line. Up to ${maxMatches} matches, in the order of paths; says when there are more.`,
    input: z.strictObject({
      pattern: z
        .string()
        .min(1)
        .max(500)
        .describe("A POSIX extended regular expression: no \\d, \\w or look-around; [0-9], [A-Za-z_] instead."),
      fixed: z.boolean().nullable().describe("True: the pattern is plain text."),
      ignore_case: z.boolean().nullable(),
      globs: globsSchema,
      at: atSchema,
      context: z.int().min(0).nullable().describe(`Lines around each match, up to ${mostContext}; null for none.`),
    }),
    run: async ({ pattern, fixed, ignore_case, globs, at, context }, signal) => {
      const query = { at, pattern, fixed: fixed ?? false, ignoreCase: ignore_case ?? false, globs: globs ?? [] };
      const contextLines = Math.min(context ?? 0, mostContext);
      const found = await trees.grep({ ...query, contextLines, maxMatches }, signal);
      if ("invalid" in found) return note(`The pattern is not valid: ${found.invalid.slice(0, 300)}`);
      if (found.matches.length === 0) return note("No match.");
      const { lines, left } = truncateLines(showMatches(found.matches), maxChars);
      const count = countMatches(found.matches.length, found.truncated || left > 0);
      const less = contextLines < (context ?? 0) ? ` Only ${mostContext} lines around each are shown.` : "";
      return { note: `${count}${less}`, data: lines.join("\n") };
    },
  });

const countMatches = (count: number, cut: boolean): string =>
  cut
    ? `${count} matches or more; the list is cut. Narrow the pattern or the globs.`
    : `${countOf(count, "match", "matches")}.`;

/** Matches under their path, with the lines around them. */
export const showMatches = (matches: readonly GrepMatch[]): readonly string[] =>
  [...Map.groupBy(matches, ({ path }) => path)].flatMap(([path, inFile]) => [path, ...showFile(inFile)]);

const showFile = (matches: readonly GrepMatch[]): readonly string[] => {
  const lines = new Map<number, string>();
  for (const { line, text, before, after } of matches)
    [...before, text, ...after].forEach((shown, index) => lines.set(line - before.length + index, shown));
  return [...lines].toSorted(([a], [b]) => a - b).map(([number, text]) => showLine({ number, mark: " ", text }));
};
