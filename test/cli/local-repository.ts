import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { dirname, join } from "node:path";

type Files = Readonly<Record<string, string>>;

export interface ScratchRepository {
  readonly dir: string;
  readonly write: (files: Files) => void;
  readonly commit: (files: Files) => void;
  readonly git: (...args: readonly string[]) => string;
  readonly remove: () => void;
}

/** A repository on disk with `main` checked out and one commit of the given files. */
export const createScratchRepository = (files: Files): ScratchRepository => {
  const dir = mkdtempSync(join(tmpdir(), "codex-review-cli-"));
  const env = {
    PATH: process.env["PATH"],
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: devNull,
    GIT_AUTHOR_NAME: "Ann",
    GIT_AUTHOR_EMAIL: "ann@example.org",
    GIT_COMMITTER_NAME: "Ann",
    GIT_COMMITTER_EMAIL: "ann@example.org",
  };
  const git = (...args: readonly string[]): string => execFileSync("git", args, { cwd: dir, env, encoding: "utf8" });
  const write = (written: Files): void => {
    for (const [path, text] of Object.entries(written)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
  };
  const commit = (committed: Files): void => {
    write(committed);
    git("add", "--all");
    git("commit", "--quiet", "--message", "A change");
  };
  git("init", "--quiet", "--initial-branch", "main");
  commit(files);
  return { dir, write, commit, git, remove: () => rmSync(dir, { recursive: true, force: true }) };
};
