import { callersTool } from "./callers.ts";
import { definitionsTool } from "./definitions.ts";
import { diffTool } from "./diff.ts";
import { historyTool } from "./history.ts";
import { listFilesTool } from "./list-files.ts";
import { outlineTool } from "./outline.ts";
import { readFileTool } from "./read-file.ts";
import { referencesTool } from "./references.ts";
import { searchTool } from "./search.ts";
import type { ToolDeps } from "./tool-deps.ts";
import type { Tool } from "./tool.ts";

/** The read-only tools that finder and verifier share. */
export const readingTools = (deps: ToolDeps): readonly Tool[] => [
  readFileTool(deps),
  diffTool(deps),
  searchTool(deps),
  definitionsTool(deps),
  callersTool(deps),
  referencesTool(deps),
  outlineTool(deps),
  listFilesTool(deps),
  historyTool(deps),
];
