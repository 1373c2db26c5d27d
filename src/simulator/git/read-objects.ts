import type { Commit, Person } from "../state.ts";
import type { GitProgram } from "./run-git.ts";

const format = ["%H", "%T", "%P", "%an", "%ae", "%aI", "%cn", "%ce", "%cI", "%B"].join("%x00");

const person = (name = "", email = "", date = ""): Person => ({
  name,
  email,
  date: new Date(date).toISOString().replace(".000Z", "Z"),
});

const toCommit = (record: string): Commit => {
  const [sha = "", tree = "", parents = "", an, ae, ad, cn, ce, cd, message = ""] = record.split("\0");
  return {
    sha,
    tree,
    parents: parents.split(" ").filter(Boolean),
    author: person(an, ae, ad),
    committer: person(cn, ce, cd),
    message: message.replace(/\n+$/, ""),
  };
};

/** Commits that `revisions` select ("head", "^base", "--max-count=1"), oldest first. */
export async function readCommits(
  git: GitProgram,
  gitDir: string,
  revisions: readonly string[],
): Promise<readonly Commit[]> {
  const out = await git.run(gitDir, { args: ["log", "--reverse", `--format=${format}%x01`, ...revisions, "--"] });
  const records = out.toString("utf8").split("\u0001");
  return records
    .map((record) => record.replace(/^\n/, ""))
    .filter(Boolean)
    .map(toCommit);
}

export interface GitObject {
  readonly sha: string;
  readonly type: string;
  readonly content: Buffer;
}

/** What `revision:path` names; null where nothing does. Symlinks are not followed. */
export async function readObject(git: GitProgram, gitDir: string, expression: string): Promise<GitObject | null> {
  if (expression.includes("\n")) return null;
  const out = await git.run(gitDir, { args: ["cat-file", "--batch"], input: `${expression}\n` });
  const end = out.indexOf(0x0a);
  const [sha = "", type = "", size = ""] = out.subarray(0, end).toString("utf8").split(" ");
  if (!/^[0-9a-f]{40}$/.test(sha) || type === "missing" || size === "") return null;
  return { sha, type, content: out.subarray(end + 1, end + 1 + Number(size)) };
}
