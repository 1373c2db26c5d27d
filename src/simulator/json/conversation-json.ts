import type { Issue, IssueComment, Pull, Reactable, Reaction } from "../state.ts";
import { reactionContents } from "../state.ts";
import type { World } from "../world.ts";
import { accountJson } from "./account-json.ts";
import { appJson } from "./app-json.ts";
import { association } from "./association.ts";
import { labelJson } from "./pull-json.ts";
import { conversationPage, issueApi, repoApi } from "./urls.ts";
import type { Json } from "./urls.ts";

export function reactionRollupJson(world: World, subject: Reactable, url: string): Json {
  const given = world.state.reactions.filter((reaction) => reaction.subject === subject);
  const counts = reactionContents.map((content) => [content, given.filter((one) => one.content === content).length]);
  return { url, total_count: given.length, ...Object.fromEntries(counts) };
}

export const reactionJson = (world: World, reaction: Reaction): Json => ({
  id: reaction.id,
  node_id: reaction.nodeId,
  user: accountJson(world, reaction.user),
  content: reaction.content,
  created_at: reaction.createdAt,
});

const pullPart = (world: World, issue: Issue | Pull): Json => {
  if (issue.kind === "issue") return {};
  const html = conversationPage(world, issue);
  return {
    draft: issue.draft,
    pull_request: {
      url: repoApi(world, issue.repo, `/pulls/${issue.number}`),
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      merged_at: issue.mergedAt,
    },
  };
};

const issuePlaces = (world: World, issue: Issue | Pull): Json => ({
  url: issueApi(world, issue),
  repository_url: repoApi(world, issue.repo),
  labels_url: issueApi(world, issue, "/labels{/name}"),
  comments_url: issueApi(world, issue, "/comments"),
  events_url: issueApi(world, issue, "/events"),
  html_url: conversationPage(world, issue),
  timeline_url: issueApi(world, issue, "/timeline"),
});

/** An issue, or a pull request seen as one (then with `pull_request`). */
export function issueJson(world: World, issue: Issue | Pull): Json {
  return {
    ...issuePlaces(world, issue),
    ...pullPart(world, issue),
    id: issue.issueId,
    node_id: issue.nodeId,
    number: issue.number,
    title: issue.title,
    user: accountJson(world, issue.author),
    labels: issue.labels.map((label) => labelJson(world, issue.repo, label)),
    state: issue.state,
    state_reason: null,
    locked: false,
    active_lock_reason: null,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: issue.comments.length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    author_association: association(issue.repo, issue.author),
    body: issue.body,
    reactions: reactionRollupJson(world, issue, issueApi(world, issue, "/reactions")),
    performed_via_github_app: null,
  };
}

export function issueCommentJson(world: World, comment: IssueComment): Json {
  const url = repoApi(world, comment.issue.repo, `/issues/comments/${comment.id}`);
  return {
    url,
    html_url: `${conversationPage(world, comment.issue)}#issuecomment-${comment.id}`,
    issue_url: issueApi(world, comment.issue),
    id: comment.id,
    node_id: comment.nodeId,
    user: accountJson(world, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: association(comment.issue.repo, comment.author),
    body: comment.body,
    reactions: reactionRollupJson(world, comment, `${url}/reactions`),
    performed_via_github_app: comment.viaApp ? appJson(world) : null,
  };
}
