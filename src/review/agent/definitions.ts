import { z } from "zod";
import { countOf } from "../../core/count-of.ts";
import { splitLines } from "../../core/fold-space.ts";
import { showLine } from "../../core/show-lines.ts";
import type { GrepMatch, NameUse } from "../ports.ts";
import { findUses, sayLeftOut, type UsedIn } from "./find-uses.ts";
import { atSchema, globsSchema, nameSchema, type ToolDeps } from "./tool-deps.ts";
import { defineTool, note, type Tool } from "./tool.ts";

const linesOfOne = 80;
const linesOfComment = 12;
const shownWhole = 8;
const listed = 40;
const maxChars = 24_000;

/** The tool that shows where and how a name is defined. */
export const definitionsTool = (deps: ToolDeps): Tool =>
  defineTool({
    name: "definitions",
    description: `Finds where an identifier is defined, in all files, and shows the source of each definition with the comment above it: functions, methods, classes, types, constants, fields. Up to ${shownWhole} whole ones of at most ${linesOfOne} lines; of the rest the first line. By name only: two things of one name both come. Use it instead of search and read_file to see what a call runs into.`,
    input: z.strictObject({ name: nameSchema, globs: globsSchema, at: atSchema }),
    run: async ({ name, globs, at }, signal) => {
      const isLikely = likelyDefinition(name);
      const uses = await findUses(deps, { name, at, globs: globs ?? [], isLikely }, signal);
      if (uses === null) return note("This name cannot be searched for; use search with fixed.");
      const defined = uses.files.flatMap(definitionsIn).toSorted((a, b) => rankOf(a) - rankOf(b));
      const guessed = uses.unparsed.filter(({ text }) => isLikely(text));
      const found = countFound(defined.length, guessed.length);
      if (defined.length + guessed.length === 0) return note(`${found}${sayLeftOut(uses)}${elsewhere}`);
      const shown = showAll(defined, guessed);
      return {
        note: `${found}${sayLeftOut(uses)}${shown.cut}`,
        data: shown.text,
        onShown: () => {
          for (const { path, from, to } of shown.ranges) deps.log.sawFile({ at, path, from, to });
        },
      };
    },
  });

const elsewhere = " It may come from a dependency, or be made at run time.";

/** Words and signs that stand before or after a name where it is defined, in nearly any language. */
const likelyDefinition = (name: string): ((line: string) => boolean) => {
  const escaped = name.replaceAll(/[$?]/g, String.raw`\$&`);
  const after = new RegExp(
    String.raw`\b(function|class|def|func|fn|fun|interface|type|struct|enum|trait|module|const|let|var|val|static|macro_rules!|message|service|rpc|table|view|procedure|#define)\s+([\w$.:]{0,80}[.:])?["'\x60]?${escaped}(?![\w$])`,
    "i",
  );
  const start = new RegExp(
    String.raw`^\s*((public|private|protected|export|abstract|async|final)\s+)*${escaped}\s*[:=({]`,
  );
  return (line) => after.test(line) || start.test(line);
};

interface Defined {
  readonly file: UsedIn;
  readonly use: NameUse;
}

const definitionsIn = (file: UsedIn): readonly Defined[] =>
  file.uses.filter(({ role }) => role === "definition").map((use) => ({ file, use }));

/** An assignment inside a function, such as Python's `self.name = …`, says least of what a name stands for. */
const rankOf = ({ use }: Defined): number => (/function|method|constructor/.test(use.within?.kind ?? "") ? 1 : 0);

const countFound = (defined: number, guessed: number): string => {
  const guesses = countOf(guessed, "line that looks like one", "lines that look like one");
  return `${countOf(defined, "definition")}${guessed === 0 ? "" : `, and ${guesses} where there is no grammar`}.`;
};

interface Block {
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const showAll = (defined: readonly Defined[], guessed: readonly GrepMatch[]) => {
  const blocks = [
    ...defined.map((each, index) => showDefinition(each, index < shownWhole ? linesOfOne : 1)),
    ...guessed.map(({ path, line, text }) => ({
      path,
      from: line,
      to: line,
      text: `${path}\n${showLine({ number: line, mark: " ", text })}`,
    })),
  ];
  const ranges: Block[] = [];
  let left = maxChars;
  for (const block of blocks.slice(0, listed)) {
    left -= block.text.length + 2;
    if (left < 0 && ranges.length > 0) break;
    ranges.push(block);
  }
  const missing = blocks.length - ranges.length;
  return {
    ranges,
    text: ranges.map(({ text }) => text).join("\n\n"),
    cut: missing === 0 ? "" : ` ${missing} are not shown: narrow the globs.`,
  };
};

const showDefinition = ({ file, use }: Defined, most: number): Block => {
  const lines = splitLines(file.text);
  const from = most === 1 ? use.startLine : firstOfComment(lines, use.startLine);
  const to = Math.min(use.endLine, use.startLine + most - 1);
  const shown = lines.slice(from - 1, to).map((text, index) => showLine({ number: from + index, mark: " ", text }));
  const inside = use.within === null ? "" : `, in ${use.within.kind} ${use.within.name}`;
  const rest = to < use.endLine ? [`      [cut: the definition ends at line ${use.endLine}]`] : [];
  return {
    path: file.path,
    from,
    to,
    text: [`${file.path}:${use.startLine}-${use.endLine}${inside}`, ...shown, ...rest].join("\n"),
  };
};

const comment = /^\s*(\/\/|\/\*|\*|#(?!\[)|--|;|"""|@)/;

/** Line of the first comment or annotation that stands directly above a definition. */
const firstOfComment = (lines: readonly string[], startLine: number): number => {
  let first = startLine;
  while (first > 1 && startLine - first < linesOfComment && comment.test(lines[first - 2] ?? "")) first -= 1;
  return first;
};
