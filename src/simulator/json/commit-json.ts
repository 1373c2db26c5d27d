import type { DiffFile, PullDiff } from "../git/pull-diff.ts";
import type { Limits } from "../limits.ts";
import { nodeId } from "../node-id.ts";
import type { Commit, Repo } from "../state.ts";
import type { World } from "../world.ts";
import { repoApi, repoPage } from "./urls.ts";
import type { Json } from "./urls.ts";

export function commitJson(world: World, repo: Repo, commit: Commit): Json {
  const url = repoApi(world, repo, `/commits/${commit.sha}`);
  return {
    sha: commit.sha,
    node_id: nodeId("A", repo.id) + commit.sha.slice(0, 8),
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: repoApi(world, repo, `/git/trees/${commit.tree}`) },
      url: repoApi(world, repo, `/git/commits/${commit.sha}`),
      comment_count: 0,
      verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null },
    },
    url,
    html_url: repoPage(world, repo, `/commit/${commit.sha}`),
    comments_url: `${url}/comments`,
    author: null,
    committer: null,
    parents: commit.parents.map((sha) => ({
      sha,
      url: repoApi(world, repo, `/commits/${sha}`),
      html_url: repoPage(world, repo, `/commit/${sha}`),
    })),
  };
}

const statuses: Readonly<Record<string, string>> = {
  A: "added",
  M: "modified",
  D: "removed",
  R: "renamed",
  C: "copied",
  T: "changed",
};

/** Whether one file's diff is over what GitHub loads: such a file has no `patch` and takes no comments. */
export const isTooLarge = (file: DiffFile, limits: Limits): boolean =>
  file.patch !== null &&
  (file.additions + file.deletions > limits.fileDiffLines || Buffer.byteLength(file.patch) > limits.fileDiffBytes);

/** One entry of `GET …/files` and of a comparison. */
export function fileJson(world: World, repo: Repo, entry: { file: DiffFile; diff: PullDiff }): Json {
  const { file, diff } = entry;
  const encoded = file.path.split("/").map(encodeURIComponent).join("/");
  return {
    sha: file.blob,
    filename: file.path,
    status: statuses[file.letter] ?? "changed",
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: repoPage(world, repo, `/blob/${diff.head}/${encoded}`),
    raw_url: repoPage(world, repo, `/raw/${diff.head}/${encoded}`),
    contents_url: repoApi(world, repo, `/contents/${encoded}?ref=${diff.head}`),
    ...(file.patch === null || isTooLarge(file, world.limits) ? {} : { patch: file.patch }),
    ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
  };
}
