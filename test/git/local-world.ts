import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { LocalOpening, LocalRange } from "../../src/git/local-repository.ts";
import { createLocalRepository } from "../../src/git/local-repository.ts";
import type { ChangeTrees } from "../../src/review/ports.ts";
import { gitEnv, temporaryFolder } from "./git-world.ts";

const identity = { GIT_AUTHOR_NAME: "n", GIT_AUTHOR_EMAIL: "e", GIT_COMMITTER_NAME: "n", GIT_COMMITTER_EMAIL: "e" };

/** A person's repository with a working tree and one commit, and the person's home. */
export const createLocalWorld = () => {
  const root = temporaryFolder("local");
  const repo = join(root, 'repo: "odd"');
  const home = join(root, "home");
  for (const folder of [repo, home]) mkdirSync(folder);
  const opened: ChangeTrees[] = [];

  const git = (...args: string[]): string => gitIn(repo, args);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(repo, path)), { recursive: true });
    writeFileSync(join(repo, path), text);
  };
  const commitAll = (): void => {
    git("add", "-A");
    git("commit", "-q", "-m", "c");
  };
  const attempt = (range: LocalRange, dir = repo): Promise<LocalOpening> =>
    createLocalRepository({ dir, environment: { ...gitEnv, HOME: home } }).open(range, new AbortController().signal);

  git("init", "-q", "-b", "main");
  write("a.txt", "one\n");
  write("src/b.txt", "b\n");
  write(".gitignore", "*.log\n");
  commitAll();

  return {
    root,
    repo,
    home,
    git,
    write,
    commitAll,
    attempt,
    open: async (range: LocalRange, dir = repo): Promise<ChangeTrees> => {
      const opening = await attempt(range, dir);
      if (!opening.opened) throw new Error(opening.refused);
      opened.push(opening.trees);
      return opening.trees;
    },
    remove: async (): Promise<void> => {
      for (const trees of opened) await trees.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
};
export type LocalWorld = ReturnType<typeof createLocalWorld>;

export const gitIn = (cwd: string, args: readonly string[]): string =>
  execFileSync("git", [...args], { cwd, env: { ...gitEnv, ...identity }, stdio: "pipe" })
    .toString()
    .trim();

export const uncommitted: LocalRange = { kind: "uncommitted", base: null };

/** Each changed file as "status path". */
export const statuses = (trees: ChangeTrees): readonly string[] =>
  trees.diff.files.map((file) => `${file.status} ${file.path}`);
