import type { Account, Label, Pull, Repo } from "../state.ts";
import type { World } from "../world.ts";
import { accountJson } from "./account-json.ts";
import { association } from "./association.ts";
import { repoJson } from "./repo-json.ts";
import { conversationPage, issueApi, pullApi, repoApi } from "./urls.ts";
import type { Json } from "./urls.ts";

export const labelJson = (world: World, repo: Repo, label: Label): Json => ({
  id: label.id,
  node_id: label.nodeId,
  url: repoApi(world, repo, `/labels/${encodeURIComponent(label.name)}`),
  name: label.name,
  description: null,
  color: "ededed",
  default: false,
});

interface End {
  readonly repo: Repo | null;
  readonly owner: Account;
  readonly ref: string;
  readonly sha: string;
}

const endJson = (world: World, end: End): Json => ({
  label: `${end.owner.login}:${end.ref}`,
  ref: end.ref,
  sha: end.sha,
  user: accountJson(world, end.owner),
  repo: end.repo === null ? null : repoJson(world, end.repo),
});

const headEnd = (pull: Pull): End => ({
  repo: pull.headRepo,
  owner: pull.headOwner,
  ref: pull.headRef,
  sha: pull.headSha,
});

const baseEnd = (pull: Pull): End => ({
  repo: pull.repo,
  owner: pull.repo.owner,
  ref: pull.baseRef,
  sha: pull.baseSha,
});

const href = (url: string): Json => ({ href: url });

const links = (world: World, pull: Pull): Json => {
  return {
    self: href(pullApi(world, pull)),
    html: href(conversationPage(world, pull)),
    issue: href(issueApi(world, pull)),
    comments: href(issueApi(world, pull, "/comments")),
    review_comments: href(pullApi(world, pull, "/comments")),
    review_comment: href(repoApi(world, pull.repo, "/pulls/comments{/number}")),
    commits: href(pullApi(world, pull, "/commits")),
    statuses: href(repoApi(world, pull.repo, `/statuses/${pull.headSha}`)),
  };
};

const places = (world: World, pull: Pull): Json => ({
  url: pullApi(world, pull),
  html_url: conversationPage(world, pull),
  diff_url: `${conversationPage(world, pull)}.diff`,
  patch_url: `${conversationPage(world, pull)}.patch`,
  issue_url: issueApi(world, pull),
  commits_url: pullApi(world, pull, "/commits"),
  review_comments_url: pullApi(world, pull, "/comments"),
  review_comment_url: repoApi(world, pull.repo, "/pulls/comments{/number}"),
  comments_url: issueApi(world, pull, "/comments"),
  statuses_url: repoApi(world, pull.repo, `/statuses/${pull.headSha}`),
  _links: links(world, pull),
});

const nobody = {
  assignee: null,
  assignees: [],
  requested_reviewers: [],
  requested_teams: [],
  milestone: null,
  auto_merge: null,
  active_lock_reason: null,
  locked: false,
} as const;

/** A pull request as lists and review events carry it. */
export function pullSimpleJson(world: World, pull: Pull): Json {
  return {
    ...places(world, pull),
    ...nobody,
    id: pull.id,
    node_id: pull.nodeId,
    number: pull.number,
    state: pull.state,
    title: pull.title,
    user: accountJson(world, pull.author),
    body: pull.body,
    labels: pull.labels.map((label) => labelJson(world, pull.repo, label)),
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.merged ? pull.headSha : null,
    author_association: association(pull.repo, pull.author),
    draft: pull.draft,
    head: endJson(world, headEnd(pull)),
    base: endJson(world, baseEnd(pull)),
  };
}

/** A pull request by itself, with its counts. */
export function pullJson(world: World, pull: Pull): Json {
  return {
    ...pullSimpleJson(world, pull),
    merged: pull.merged,
    mergeable: pull.state === "open" ? true : null,
    rebaseable: pull.state === "open" ? true : null,
    mergeable_state: pull.draft ? "draft" : "clean",
    merged_by: pull.mergedBy === null ? null : accountJson(world, pull.mergedBy),
    comments: pull.comments.length,
    review_comments: pull.threads.reduce((sum, thread) => sum + thread.comments.length, 0),
    maintainer_can_modify: pull.headRepo !== pull.repo,
    commits: pull.commits.length,
    additions: pull.diff.additions,
    deletions: pull.diff.deletions,
    changed_files: pull.diff.files.size,
  };
}

/** How check runs and suites name the pull requests of their head. */
export const pullReferenceJson = (world: World, pull: Pull): Json => {
  const end = (repo: Repo, ref: string, sha: string): Json => ({
    ref,
    sha,
    repo: { id: repo.id, url: repoApi(world, repo), name: repo.name },
  });
  return {
    id: pull.id,
    number: pull.number,
    url: pullApi(world, pull),
    head: end(pull.headRepo ?? pull.repo, pull.headRef, pull.headSha),
    base: end(pull.repo, pull.baseRef, pull.baseSha),
  };
};
