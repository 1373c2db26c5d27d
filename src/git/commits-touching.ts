import type { TouchingCommit, TouchingQuery } from "../review/scan-ports.ts";
import type { GitDirectory } from "./git-directory.ts";
import { toDate } from "./history.ts";
import { runGit } from "./run-git.ts";

/** What a command line holds without trouble. */
const mostPaths = 500;

/** The newest commits that touched any of the paths, in one run of git; what was found in time is the answer. */
export const commitsTouching = async (
  directory: GitDirectory,
  { commit, query }: { readonly commit: string; readonly query: TouchingQuery },
  signal: AbortSignal,
): Promise<readonly TouchingCommit[]> => {
  const { paths, max, timeoutMs } = query;
  signal.throwIfAborted();
  if (paths.length === 0) return [];
  const chunks: Buffer[] = [];
  const onChunk = (chunk: Buffer): boolean => chunks.push(chunk) > 0;
  const args = [
    ["log", "-z", "--name-only", "--no-renames", "--no-merges", "--no-mailmap", "--no-color", `--max-count=${max}`],
    ["--format=%x00%H%x00%at%x00%s", commit, "--", ...paths.slice(0, mostPaths)],
  ].flat();
  await runGit(directory, { args, onChunk, timeoutMs }, signal);
  return readCommits(Buffer.concat(chunks).toString("utf8").split("\0"));
};

/** An empty field, three about the commit, then its paths, of which the first follows a line feed. */
const readCommits = (fields: readonly string[]): readonly TouchingCommit[] => {
  const commits: TouchingCommit[] = [];
  for (let at = 0; fields[at] === "" && fields[at + 3] !== undefined;) {
    const [, sha = "", seconds = "", subject = ""] = fields.slice(at, at + 4);
    const end = fields.indexOf("", at + 4);
    const paths = fields.slice(at + 4, end === -1 ? undefined : end).map((path) => path.replace(/^\n/, ""));
    commits.push({ sha, date: toDate(seconds), subject, paths });
    at = end === -1 ? fields.length : end;
  }
  return commits;
};
