import type { GitDirectory } from "./git-directory.ts";
import { GitError } from "./git-error.ts";
import { runGit } from "./run-git.ts";

const none = 1;

/** The commit that two commits grew from: the base of the diff that GitHub shows. Throws where they share nothing. */
export const mergeBaseOf = async (
  directory: GitDirectory,
  [base, head]: readonly [base: string, head: string],
  signal: AbortSignal,
): Promise<string> => {
  const { stdout, exitCode } = await runGit(directory, { args: ["merge-base", base, head], answers: [none] }, signal);
  if (exitCode === none) throw new GitError("no_merge_base", `${base} and ${head} have no history in common`);
  return stdout.toString("latin1").trim();
};
