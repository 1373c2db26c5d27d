import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { PullView, RepositoryView } from "../src/simulator/simulator.ts";

export interface BareGit {
  /** Milliseconds for `git fetch` and `git diff` of one pull request, as two processes one after the other. */
  readonly fetchAndDiff: (pull: PullView) => Promise<number>;
  readonly remove: () => Promise<void>;
}

const run = promisify(execFile);
const env = { PATH: process.env["PATH"], GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: devNull };
const maxBuffer = 256 * 1024 * 1024;

/** A bare clone that holds the base, over HTTP from the same GitHub: as warm as the app's mirror. */
export const openBareGit = async (repository: RepositoryView): Promise<BareGit> => {
  const dir = await mkdtemp(join(tmpdir(), "codex-review-bench-bare-"));
  const git = (...args: readonly string[]) => run("git", args, { cwd: dir, env, maxBuffer });
  await git("clone", "--quiet", "--bare", repository.cloneUrl, ".");
  return {
    fetchAndDiff: async (pull) => {
      const started = performance.now();
      const head = `+${pull.headSha}:refs/pull/${pull.number}/head`;
      await git("fetch", "--quiet", "--no-tags", "--no-auto-maintenance", repository.cloneUrl, head);
      await git("diff", "--raw", "--numstat", "--patch", pull.mergeBase, pull.headSha);
      return performance.now() - started;
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
};
