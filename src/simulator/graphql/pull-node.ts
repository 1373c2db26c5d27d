import { visibleThreads } from "../actions/threads.ts";
import { association } from "../json/association.ts";
import { conversationPage } from "../json/urls.ts";
import { readConversation } from "../permission.ts";
import type { Issue, Label, Pull } from "../state.ts";
import { actorNode } from "./actor-node.ts";
import { issueCommentNode, reviewNode, reviewsOf, threadNode } from "./comment-nodes.ts";
import { connection } from "./connection.ts";
import { allow } from "./fields.ts";
import type { Asking, Fields } from "./fields.ts";
import { commitNode, refNode } from "./git-nodes.ts";
import { reactionFields } from "./reaction-fields.ts";

const labelNode = (label: Label): Fields => ({
  __typename: "Label",
  id: label.nodeId,
  name: label.name,
  color: "ededed",
  description: null,
});

const conversationFields = (asking: Asking, issue: Issue | Pull): Fields => ({
  id: issue.nodeId,
  databaseId: issue.kind === "pull" ? issue.id : issue.issueId,
  fullDatabaseId: String(issue.kind === "pull" ? issue.id : issue.issueId),
  number: issue.number,
  title: issue.title,
  body: issue.body ?? "",
  url: conversationPage(asking.world, issue),
  closed: issue.state === "closed",
  createdAt: issue.createdAt,
  updatedAt: issue.updatedAt,
  closedAt: issue.closedAt,
  locked: false,
  author: () => actorNode(asking.world, issue.author),
  authorAssociation: () => association(issue.repo, issue.author),
  viewerDidAuthor: issue.author.id === asking.viewer.id,
  repository: () => asking.up.repository(asking, issue.repo),
  labels: (args: unknown) => connection(args, issue.labels, labelNode),
  comments: (args: unknown) => connection(args, issue.comments, (comment) => issueCommentNode(asking, comment)),
  ...reactionFields(asking, issue),
});

export const issueNode = (asking: Asking, issue: Issue): Fields => ({
  __typename: "Issue",
  ...conversationFields(asking, issue),
  state: issue.state.toUpperCase(),
});

const ends = (asking: Asking, pull: Pull): Fields => ({
  isCrossRepository: pull.headRepo !== pull.repo,
  headRefOid: pull.headSha,
  headRefName: pull.headRef,
  headRepository: () => (pull.headRepo === null ? null : asking.up.repository(asking, pull.headRepo)),
  headRepositoryOwner: () => actorNode(asking.world, pull.headOwner),
  headRef: () => (pull.headRepo === null ? null : refNode(asking, pull.headRepo, pull.headRef)),
  baseRefOid: pull.baseSha,
  baseRefName: pull.baseRef,
  baseRepository: () => asking.up.repository(asking, pull.repo),
  baseRef: () => refNode(asking, pull.repo, pull.baseRef),
  maintainerCanModify: pull.headRepo !== pull.repo,
});

// https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue
const closingKeyword = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)/gi;

const closedIssues = (pull: Pull): readonly Issue[] => {
  const numbers = [...(pull.body ?? "").matchAll(closingKeyword)].map((found) => Number(found[1]));
  return [...new Set(numbers)]
    .map((number) => pull.repo.conversations.get(number))
    .filter((item) => item !== undefined)
    .filter((item) => item.kind === "issue");
};

const stateOf = (pull: Pull): string => {
  if (pull.merged) return "MERGED";
  return pull.state === "open" ? "OPEN" : "CLOSED";
};

export const pullNode = (asking: Asking, pull: Pull): Fields => ({
  __typename: "PullRequest",
  ...conversationFields(asking, pull),
  ...ends(asking, pull),
  state: stateOf(pull),
  isDraft: pull.draft,
  merged: pull.merged,
  mergedAt: pull.mergedAt,
  additions: pull.diff.additions,
  deletions: pull.diff.deletions,
  changedFiles: pull.diff.files.size,
  commits: (args: unknown) =>
    connection(args, pull.commits, (commit) => ({
      __typename: "PullRequestCommit",
      id: `PURC_${pull.id}_${commit.sha}`,
      commit: () => commitNode(asking, pull.repo, commit),
    })),
  reviewThreads: (args: unknown) =>
    connection(args, visibleThreads(pull, asking.viewer), (thread) => threadNode(asking, thread)),
  reviews: (args: unknown) => connection(args, reviewsOf(asking, pull, args), (review) => reviewNode(asking, review)),
  closingIssuesReferences: (args: unknown) => {
    allow(asking, pull.repo, [{ issues: "read" }]);
    return connection(args, closedIssues(pull), (issue) => issueNode(asking, issue));
  },
});

/** An issue or a pull request where either may be asked for. */
export const conversationNode = (asking: Asking, issue: Issue | Pull): Fields => {
  allow(asking, issue.repo, readConversation);
  return issue.kind === "pull" ? pullNode(asking, issue) : issueNode(asking, issue);
};
