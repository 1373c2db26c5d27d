import type { GitProgram } from "./run-git.ts";

/** Merges `head` into `base` without a work tree and puts `ref` on the merge commit; throws when they conflict. */
export async function mergeCommits(
  git: GitProgram,
  gitDir: string,
  merge: { readonly base: string; readonly head: string; readonly ref: string },
): Promise<string> {
  const tree = await git.run(gitDir, { args: ["merge-tree", "--write-tree", merge.base, merge.head] });
  const person = ["-c", "user.name=GitHub", "-c", "user.email=noreply@github.com"];
  const parents = ["-p", merge.base, "-p", merge.head];
  const commit = await git.run(gitDir, {
    args: [...person, "commit-tree", tree.toString("utf8").trim(), ...parents, "-m", "Merge pull request"],
  });
  const sha = commit.toString("utf8").trim();
  await git.run(gitDir, { args: ["update-ref", merge.ref, sha] });
  return sha;
}
