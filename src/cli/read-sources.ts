import type { ReviewResult } from "../core/run.ts";
import type { ChangeTrees } from "../review/ports.ts";

/** The head's text of every file that a finding stands in, for code frames. */
export const readSources = async (
  trees: Pick<ChangeTrees, "read">,
  result: ReviewResult,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> => {
  const paths = new Set(result.findings.flatMap(({ anchor }) => (anchor?.side === "RIGHT" ? [anchor.path] : [])));
  const sources = new Map<string, string>();
  for (const path of paths) {
    const content = await trees.read("head", path, signal);
    if (content.kind === "text") sources.set(path, content.text);
  }
  return sources;
};
