import { z } from "zod";
import { describeFile, showDiff } from "../../core/show-diff.ts";
import { pathSchema, type ToolDeps } from "./tool-deps.ts";
import { defineTool, note, type Tool } from "./tool.ts";

const maxChars = 24_000;

/** The tool that shows one file's diff. */
export const diffTool = ({ trees, log }: ToolDeps): Tool =>
  defineTool({
    name: "diff",
    description:
      "Shows the diff of one changed file. Lines marked - stand at the base and carry the base's number; all others carry the head's.",
    input: z.strictObject({
      path: pathSchema,
      from_line: z.int().min(1).nullable().describe("Line of the head at which to begin. Null: from the top."),
    }),
    run: async ({ path, from_line }) => {
      const file = trees.diff.files.find((changed) => changed.path === path || changed.oldPath === path);
      if (file === undefined) return note("The change does not touch this file.");
      const { text, shown, cutAt } = showDiff(file, { maxChars, fromLine: from_line ?? 1 });
      if (text === "") return note("No changed line stands at or after this line.");
      return {
        note: cutAt === null ? "The diff, to its end." : `Cut: go on with from_line ${cutAt}.`,
        data: `${describeFile(file)}\n${text}`,
        onShown: () => log.sawDiff(file.path, shown),
      };
    },
  });
