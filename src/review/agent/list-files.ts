import { z } from "zod";
import { countOf } from "../../core/count-of.ts";
import { atSchema, globsSchema, type ToolDeps } from "./tool-deps.ts";
import { defineTool, note, type Tool } from "./tool.ts";

const max = 400;

/** The tool that lists paths. */
export const listFilesTool = ({ trees }: ToolDeps): Tool =>
  defineTool({
    name: "list_files",
    description: `Lists the paths of files that match globs, up to ${max}; says when there are more.`,
    input: z.strictObject({ globs: globsSchema, at: atSchema }),
    run: async ({ globs, at }, signal) => {
      const { paths, truncated } = await trees.list({ at, globs: globs ?? [], max }, signal);
      if (paths.length === 0) return note("No file matches.");
      const count = truncated
        ? `The first ${paths.length} files; there are more.`
        : `${countOf(paths.length, "file")}.`;
      return { note: count, data: paths.join("\n") };
    },
  });
