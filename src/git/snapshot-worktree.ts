import { copyFile, mkdir, readdir, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Environment, GitDirectory, Setting } from "./git-directory.ts";
import type { FoundRepository } from "./locate-repository.ts";
import { exists } from "./locate-repository.ts";
import { runGit } from "./run-git.ts";

export interface Snapshot {
  readonly repository: FoundRepository;
  readonly worktree: string;
  /** The commit that the snapshot stands on. */
  readonly parent: string;
}

const author: Environment = {
  GIT_AUTHOR_NAME: "uncommitted",
  GIT_AUTHOR_EMAIL: "uncommitted",
  GIT_COMMITTER_NAME: "uncommitted",
  GIT_COMMITTER_EMAIL: "uncommitted",
};

/**
 * A commit of the working tree as it stands, with untracked files and without ignored ones; it and its objects go into
 * `directory`. The user's index is copied, so that unchanged files are not read. Filters of the repository (git-lfs) do
 * not run: a file under one that was touched shows its raw content.
 */
export const snapshotWorktree = async (
  directory: GitDirectory,
  { repository, worktree, parent }: Snapshot,
  signal: AbortSignal,
): Promise<string> => {
  const index = join(directory.path, "index");
  await copyIndex(repository, directory.path);
  await copyIfThere(repository.exclude, join(directory.path, "info", "exclude"));
  const here: GitDirectory = {
    ...directory,
    variables: { ...directory.variables, GIT_INDEX_FILE: index, GIT_WORK_TREE: worktree },
    settings: [...directory.settings, ...(await userSettings(repository, signal))],
  };
  const paths = await changedPaths(here, worktree, signal);
  const update = ["update-index", "-z", "--add", "--remove", "--replace", "--stdin"];
  await runGit(here, { args: update, cwd: worktree, input: paths.map((path) => `${path}\0`).join("") }, signal);
  const tree = await printed(here, ["write-tree"], signal);
  return commitTree(directory, { tree, parent, message: "uncommitted changes" }, signal);
};

interface NewCommit {
  readonly tree: string;
  readonly parent: string | null;
  readonly message: string;
}

/** Writes a commit that no reference points to. */
const commitTree = (directory: GitDirectory, commit: NewCommit, signal: AbortSignal): Promise<string> => {
  const parents = commit.parent === null ? [] : ["-p", commit.parent];
  return printed(directory, ["commit-tree", commit.tree, ...parents, "-m", commit.message], signal);
};

/** A commit without files, for a repository that has no commit yet. */
export const commitNothing = async (directory: GitDirectory, signal: AbortSignal): Promise<string> => {
  const tree = await printed(directory, ["hash-object", "-t", "tree", "-w", "--stdin"], signal);
  return commitTree(directory, { tree, parent: null, message: "nothing" }, signal);
};

const printed = async (directory: GitDirectory, args: readonly string[], signal: AbortSignal): Promise<string> =>
  (await runGit(directory, { args, variables: author }, signal)).stdout.toString("latin1").trim();

/** A nested repository that is no submodule comes as its folder, and is not part of this one. */
const changedPaths = async (here: GitDirectory, worktree: string, signal: AbortSignal): Promise<readonly string[]> => {
  const args = ["ls-files", "-z", "--modified", "--deleted", "--others", "--exclude-standard"];
  const { stdout } = await runGit(here, { args, cwd: worktree }, signal);
  const paths = stdout.toString("utf8").split("\0");
  return [...new Set(paths)].filter((path) => path !== "" && !path.endsWith("/"));
};

/** The index's own time is kept: by it git tells which files may have changed within the same tick. */
const copyIndex = async ({ index, gitDir }: FoundRepository, into: string): Promise<void> => {
  if (!(await exists(index))) return;
  const { atime, mtime } = await stat(index);
  await copyFile(index, join(into, "index"));
  await utimes(join(into, "index"), atime, mtime);
  const shared = (await readdir(gitDir)).filter((name) => name.startsWith("sharedindex."));
  for (const name of shared) await copyFile(join(gitDir, name), join(into, name));
};

const copyIfThere = async (from: string, to: string): Promise<void> => {
  if (!(await exists(from))) return;
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
};

const wanted = "^core\\.(autocrlf|eol|filemode|ignorecase|precomposeunicode)$";

/** The user's settings that say what a file's content is and which files are ignored; none of them starts a program. */
const userSettings = async ({ directory }: FoundRepository, signal: AbortSignal): Promise<readonly Setting[]> => {
  const { HOME, XDG_CONFIG_HOME } = directory.outer;
  const variables = {
    HOME,
    XDG_CONFIG_HOME,
    GIT_CONFIG_NOSYSTEM: undefined,
    GIT_CONFIG_GLOBAL: undefined,
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "safe.directory",
    GIT_CONFIG_VALUE_0: "*",
  };
  const notSet = 1;
  const read = async (args: readonly string[]): Promise<readonly string[]> => {
    const { stdout } = await runGit(directory, { args: ["config", ...args], variables, answers: [notSet] }, signal);
    return stdout.toString("utf8").split("\0").slice(0, -1);
  };
  const settings = (await read(["-z", "--get-regexp", wanted])).map((pair): Setting => {
    const [key = "", value = "true"] = pair.split("\n");
    return [key, value];
  });
  const [excludes] = await read(["-z", "--type=path", "--get", "core.excludesFile"]);
  const folder = XDG_CONFIG_HOME ?? (HOME === undefined ? null : join(HOME, ".config"));
  const file = excludes ?? (folder === null ? null : join(folder, "git", "ignore"));
  return file === null ? settings : [...settings, ["core.excludesFile", file]];
};
