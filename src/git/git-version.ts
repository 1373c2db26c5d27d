import { tmpdir } from "node:os";
import { runGit } from "./run-git.ts";

/** What `git --version` says of itself: `2.39.5`. Throws a GitError where git cannot be started. */
export const gitVersion = async (
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<string> => {
  const nowhere = { path: tmpdir(), outer: environment, variables: {}, settings: [] };
  const { stdout } = await runGit(nowhere, { args: ["--version"] }, signal);
  return /\d+(\.\d+)+/.exec(stdout.toString("utf8"))?.[0] ?? stdout.toString("utf8").trim();
};
