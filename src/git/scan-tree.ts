import type { ScanMatch, ScanQuery } from "../review/scan-ports.ts";
import type { GitDirectory } from "./git-directory.ts";
import { createHitReader } from "./grep-tree.ts";
import { runGit } from "./run-git.ts";

/** What a command line holds without trouble. */
const mostPaths = 2000;

const anyPath = (): boolean => true;

/** Searches a commit for many words in one run of git, binaries left out. */
export const scanTree = async (
  directory: GitDirectory,
  { commit, query }: { readonly commit: string; readonly query: ScanQuery },
  signal: AbortSignal,
): Promise<{ readonly matches: readonly ScanMatch[]; readonly truncated: boolean }> => {
  const { find, paths, maxMatches, timeoutMs } = query;
  const patterns = "words" in find ? find.words : [find.pattern];
  if (patterns.length === 0 || paths?.length === 0) return { matches: [], truncated: false };
  const reader = createHitReader(commit, anyPath, maxMatches);
  const args = [
    ["grep", "-I", "-n", "-z", "--full-name", "--no-color", ...("words" in find ? ["-F", "-w"] : ["-E"])],
    patterns.flatMap((pattern) => ["-e", pattern]),
    [commit, "--", ...(paths ?? []).slice(0, mostPaths)],
  ].flat();
  const nothingFound = 1;
  const { stopped } = await runGit(
    directory,
    { args, onChunk: reader.push, timeoutMs, answers: [nothingFound] },
    signal,
  );
  return { matches: reader.hits(), truncated: stopped !== null || (paths?.length ?? 0) > mostPaths };
};
