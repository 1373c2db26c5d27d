import { z } from "zod";
import { countOf } from "../../core/count-of.ts";
import { splitLines } from "../../core/fold-space.ts";
import { showLine } from "../../core/show-lines.ts";
import { truncateLines } from "../../core/truncate.ts";
import type { NameUse } from "../ports.ts";
import { findUses, sayLeftOut, type UsedIn, type Uses } from "./find-uses.ts";
import { showMatches } from "./search.ts";
import { atSchema, globsSchema, nameSchema, type ToolDeps } from "./tool-deps.ts";
import { defineTool, note, type Tool } from "./tool.ts";

const maxChars = 20_000;
/** Mostly documentation and data, where a name says little. */
const unparsedLines = 20;

/** The tool that shows which functions call a function. */
export const callersTool = (deps: ToolDeps): Tool =>
  defineTool({
    name: "callers",
    description:
      'Finds which functions call a function or method (or construct a class, render a component, apply a decorator), in all files: for each the calling lines and the name and lines of the function around them. After the calls come the places where the name stands without a call, because it may be passed on as a value there. By name only. Tests come last; globs such as ["!**/test/**"] leave them out. To go further up, ask again for the names that it shows.',
    input: z.strictObject({ name: nameSchema, globs: globsSchema, at: atSchema }),
    run: async ({ name, globs, at }, signal) => {
      const isLikely = (text: string): boolean => text.includes(`${name}(`);
      const uses = await findUses(deps, { name, at, globs: globs ?? [], isLikely }, signal);
      if (uses === null) return note("This name cannot be searched for; use search with fixed.");
      const shown = [
        ...uses.files.flatMap((file) => showFile(file, "call")),
        ...titled(
          "Without a call:",
          uses.files.flatMap((file) => showFile(file, "other")),
        ),
        ...titled("In files without a grammar:", showMatches(uses.unparsed.slice(0, unparsedLines))),
      ];
      const { lines, left } = truncateLines(shown, maxChars);
      const cut = left > 0 ? ` Cut: ${left} lines are not shown; narrow the globs.` : "";
      return { note: `${countAll(uses)}${sayLeftOut(uses)}${cut}`, data: lines.length === 0 ? null : lines.join("\n") };
    },
  });

const titled = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [title, ...lines];

const countAll = ({ files, unparsed }: Uses): string => {
  const count = (role: NameUse["role"]): number =>
    files.flatMap(({ uses }) => uses).filter((use) => use.role === role).length;
  const others = [
    [count("other"), "without a call"],
    [count("import"), "in imports (not shown)"],
    [
      unparsed.length,
      `in files without a grammar${unparsed.length > unparsedLines ? ` (the first ${unparsedLines} are shown)` : ""}`,
    ],
  ] as const;
  const rest = others.filter(([lines]) => lines > 0).map(([lines, where]) => `${countOf(lines, "line")} ${where}`);
  return `${[countOf(count("call"), "calling line"), ...rest].join(", ")}.`;
};

/** Lines of one part in a file, under the definitions in which they stand. */
const showFile = ({ path, text, uses }: UsedIn, role: NameUse["role"]): readonly string[] => {
  const source = splitLines(text);
  const groups = Map.groupBy(
    uses.filter((use) => use.role === role),
    ({ within }) => (within === null ? "at the top level" : `in ${within.kind} ${within.name} (${linesOf(within)})`),
  );
  return [...groups].flatMap(([where, inside]) => [
    `${path}, ${where}`,
    ...inside.map(({ line }) => showLine({ number: line, mark: " ", text: source[line - 1] ?? "" })),
  ]);
};

const linesOf = ({ startLine, endLine }: { readonly startLine: number; readonly endLine: number }): string =>
  `lines ${startLine}-${endLine}`;
