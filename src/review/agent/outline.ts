import { z } from "zod";
import { countOf } from "../../core/count-of.ts";
import { truncateLines, truncateText } from "../../core/truncate.ts";
import type { OutlineEntry } from "../ports.ts";
import { readText } from "./read-text.ts";
import { atSchema, pathSchema, type ToolDeps } from "./tool-deps.ts";
import { defineTool, note, type Tool } from "./tool.ts";

const maxChars = 12_000;

/** The tool that shows what a file defines. */
export const outlineTool = ({ trees, syntax }: ToolDeps): Tool =>
  defineTool({
    name: "outline",
    description: "Lists what a source file defines (functions, classes, methods, types), with line ranges.",
    input: z.strictObject({ path: pathSchema, at: atSchema }),
    run: async ({ path, at }, signal) => {
      const content = await readText(trees, { at, path }, signal);
      if ("none" in content) return note(content.none);
      const entries = await syntax.outline(path, content.text);
      if (entries === null) return note("There is no grammar for this language; use read_file or search.");
      if (entries.length === 0) return note("The file defines nothing.");
      const { lines, left } = truncateLines(entries.map(showEntry), maxChars);
      return {
        note: `${countOf(entries.length, "definition")}.${left > 0 ? ` ${left} are cut.` : ""}`,
        data: lines.join("\n"),
      };
    },
  });

const showEntry = ({ startLine, endLine, kind, exported, signature }: OutlineEntry): string =>
  `${startLine}-${endLine} ${exported ? "exported " : ""}${kind}: ${truncateText(signature, 200)}`;
