import { z } from "zod";
import { splitLines } from "../../core/fold-space.ts";
import { showLine } from "../../core/show-lines.ts";
import { truncateLines } from "../../core/truncate.ts";
import { readText } from "./read-text.ts";
import { atSchema, pathSchema, type ToolDeps } from "./tool-deps.ts";
import { defineTool, note, type Tool } from "./tool.ts";

const maxChars = 24_000;

/** The tool that shows lines of a file, numbered. */
export const readFileTool = ({ trees, log }: ToolDeps): Tool =>
  defineTool({
    name: "read_file",
    description:
      "Reads a file, with line numbers, up to about 600 lines a call. Says how long the file is. Each line is shown as its number, a bar, and then the line itself.",
    input: z.strictObject({
      path: pathSchema,
      at: atSchema,
      start_line: z.int().min(1).nullable().describe("First line, from 1. Null: from the top."),
      end_line: z.int().min(1).nullable().describe("Last line, inclusive. Null: as far as fits."),
    }),
    run: async ({ path, at, start_line, end_line }, signal) => {
      const content = await readText(trees, { at, path }, signal);
      if ("none" in content) return note(content.none);
      const lines = splitLines(content.text);
      const from = start_line ?? 1;
      if (from > Math.max(1, lines.length)) return note(`The file has ${lines.length} lines.`);
      const wanted = lines.slice(from - 1, end_line ?? undefined);
      const shown = truncateLines(
        wanted.map((text, index) => showLine({ number: from + index, mark: " ", text })),
        maxChars,
      );
      const to = from + shown.lines.length - 1;
      return {
        note: describe({ from, to, total: lines.length, truncated: content.truncated, cut: shown.left > 0 }),
        data: shown.lines.join("\n"),
        onShown: () => log.sawFile({ at, path, from, to }),
      };
    },
  });

const describe = (shown: {
  readonly from: number;
  readonly to: number;
  readonly total: number;
  readonly truncated: boolean;
  readonly cut: boolean;
}): string => {
  if (shown.total === 0) return "The file is empty.";
  const length = shown.truncated ? `more than ${shown.total} (the file is too big to read whole)` : `${shown.total}`;
  const rest = shown.cut ? ` Cut here: go on with start_line ${shown.to + 1}.` : "";
  return `Lines ${shown.from}-${shown.to} of ${length}.${rest}`;
};
