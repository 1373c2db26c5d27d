import { mkdir } from "node:fs/promises";
import type { GitProgram } from "./run-git.ts";

/** Where a new repository's history comes from. */
export type Origin =
  | { readonly kind: "empty" }
  /** A bundle file or another repository's folder. */
  | { readonly kind: "clone"; readonly from: string };

/** Makes the bare repository `gitDir`, its HEAD on `branch` where one is named, else where the origin's was. */
export async function createBareRepository(
  git: GitProgram,
  target: { readonly gitDir: string; readonly branch: string | null; readonly origin: Origin },
): Promise<void> {
  await mkdir(target.gitDir, { recursive: true });
  if (target.origin.kind === "empty") {
    await git.run(target.gitDir, {
      args: ["init", "--quiet", "--bare", `--initial-branch=${target.branch ?? "main"}`],
    });
    return;
  }
  await git.run(target.gitDir, { args: ["clone", "--quiet", "--bare", target.origin.from, "."] });
  if (target.branch !== null) await writeHead(git, target.gitDir, target.branch);
}

const writeHead = (git: GitProgram, gitDir: string, branch: string): Promise<Buffer> =>
  git.run(gitDir, { args: ["symbolic-ref", "HEAD", `refs/heads/${branch}`] });

/** The branch that HEAD names. */
export async function readHeadBranch(git: GitProgram, gitDir: string): Promise<string> {
  const name = await git.run(gitDir, { args: ["symbolic-ref", "--short", "HEAD"] });
  return name.toString("utf8").trim();
}

/** All branches with the commits they point at. */
export async function readBranches(git: GitProgram, gitDir: string): Promise<ReadonlyMap<string, string>> {
  const out = await git.run(gitDir, { args: ["for-each-ref", "--format=%(objectname) %(refname)", "refs/heads/"] });
  const lines = out.toString("utf8").split("\n").filter(Boolean);
  return new Map(lines.map((line) => [line.slice(41 + "refs/heads/".length), line.slice(0, 40)]));
}

/** The full SHA of a commit, branch or tag; null where the repository has no such thing. */
export async function resolveCommit(git: GitProgram, gitDir: string, revision: string): Promise<string | null> {
  const out = await git.run(gitDir, {
    args: ["cat-file", "--batch-check=%(objectname) %(objecttype)"],
    input: `${revision}^{commit}\n`,
  });
  const [sha, type] = out.toString("utf8").trim().split(" ");
  return type === "commit" && sha !== undefined ? sha : null;
}

export const writeRef = (git: GitProgram, gitDir: string, ref: { name: string; sha: string }): Promise<Buffer> =>
  git.run(gitDir, { args: ["update-ref", ref.name, ref.sha] });

/** Copies what `refspec` names from another repository on this disk. */
export const fetchInto = (
  git: GitProgram,
  gitDir: string,
  source: { from: string; refspec: string },
): Promise<Buffer> =>
  git.run(gitDir, { args: ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", source.from, source.refspec] });
