import type { GitDirectory } from "./git-directory.ts";
import { runGit } from "./run-git.ts";

/** Every path of a commit's tree in git's order; symlinks and submodules are paths like others. */
export const listPaths = async (
  directory: GitDirectory,
  commit: string,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const { stdout } = await runGit(
    directory,
    { args: ["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit], maxBytes: 256 * 1024 * 1024 },
    signal,
  );
  return stdout.toString("utf8").split("\0").slice(0, -1);
};
