import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Environment, GitDirectory } from "./git-directory.ts";
import type { GitResult } from "./run-git.ts";
import { hasCode, runGit } from "./run-git.ts";

/** A user's repository, read but never written. */
export interface FoundRepository {
  /** Runs git in the user's folder; only for commands that neither write nor start anything. */
  readonly directory: GitDirectory;
  /** Null for a bare repository. */
  readonly worktree: string | null;
  readonly gitDir: string;
  readonly objects: string;
  readonly index: string;
  readonly exclude: string;
  /** The file that names where a shallow clone ends; null in a full one. */
  readonly shallow: string | null;
  readonly objectFormat: string;
}

export type Located = { readonly found: FoundRepository } | { readonly refused: string };

const failure = 128;

/** Finds the repository around a folder, whoever owns it: nothing that its configuration names is ever started. */
export const locateRepository = async (dir: string, outer: Environment, signal: AbortSignal): Promise<Located> => {
  if (!(await isFolder(dir))) return { refused: `${dir} is no folder` };
  const directory: GitDirectory = {
    path: dir,
    outer,
    variables: { GIT_DIR: undefined },
    settings: [["safe.directory", "*"]],
  };
  const names = ["objects", "index", "info/exclude", "shallow"].flatMap((name) => ["--git-path", name]);
  const args = ["rev-parse", "--path-format=absolute", "--show-object-format", "--absolute-git-dir", ...names];
  const asked = await runGit(directory, { args, answers: [failure] }, signal);
  if (asked.exitCode === failure) return { refused: `${dir} is not in a git repository` };
  const [objectFormat = "", gitDir = "", objects = "", index = "", exclude = "", shallow = ""] = linesOf(asked);
  const worktree = await worktreeOf(directory, signal);
  if (worktree !== null && !(await exists(join(worktree, ".git"))))
    return { refused: `the repository's core.worktree points to ${worktree}, which holds no .git` };
  return {
    found: {
      directory,
      worktree,
      gitDir,
      objects,
      index,
      exclude,
      shallow: (await exists(shallow)) ? shallow : null,
      objectFormat,
    },
  };
};

const linesOf = ({ stdout }: GitResult): readonly string[] => stdout.toString("utf8").split("\n");

const worktreeOf = async (directory: GitDirectory, signal: AbortSignal): Promise<string | null> => {
  const args = ["rev-parse", "--show-toplevel"];
  const asked = await runGit(directory, { args, answers: [failure] }, signal);
  return asked.exitCode === failure ? null : (linesOf(asked)[0] ?? null);
};

const isFolder = async (path: string): Promise<boolean> => (await statOf(path))?.isDirectory() ?? false;
export const exists = async (path: string): Promise<boolean> => (await statOf(path)) !== null;

const statOf = async (path: string) => {
  try {
    return await stat(path);
  } catch (error) {
    if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR")) return null;
    throw error;
  }
};

/** The commit that a revision names; null where it names none. */
export const resolveCommit = async (
  { directory }: FoundRepository,
  revision: string,
  signal: AbortSignal,
): Promise<string | null> => {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
  const { stdout, exitCode } = await runGit(directory, { args, answers: [1, failure] }, signal);
  return exitCode === 0 ? stdout.toString("latin1").trim() : null;
};
