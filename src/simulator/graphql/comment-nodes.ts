import { z } from "zod";
import { commentsOf } from "../actions/reviews.ts";
import { isVisible } from "../actions/threads.ts";
import { association } from "../json/association.ts";
import { reviewCommentPage } from "../json/review-json.ts";
import { conversationPage } from "../json/urls.ts";
import type { IssueComment, Pull, Repo, Review, ReviewComment, Thread } from "../state.ts";
import { actorNode } from "./actor-node.ts";
import { connection } from "./connection.ts";
import type { Asking, Fields } from "./fields.ts";
import { reactionFields } from "./reaction-fields.ts";

const shared = (asking: Asking, repo: Repo, comment: IssueComment | Review | ReviewComment): Fields => ({
  id: comment.nodeId,
  databaseId: comment.id,
  fullDatabaseId: String(comment.id),
  body: comment.body,
  author: () => actorNode(asking.world, comment.author),
  authorAssociation: () => association(repo, comment.author),
  viewerDidAuthor: comment.author.id === asking.viewer.id,
  createdAt: comment.createdAt,
  updatedAt: comment.updatedAt,
  isMinimized: comment.minimized !== null,
  minimizedReason: comment.minimized,
  ...reactionFields(asking, comment),
});

export const issueCommentNode = (asking: Asking, comment: IssueComment): Fields => ({
  __typename: "IssueComment",
  ...shared(asking, comment.issue.repo, comment),
  publishedAt: comment.createdAt,
  url: `${conversationPage(asking.world, comment.issue)}#issuecomment-${comment.id}`,
  pullRequest: () => (comment.issue.kind === "pull" ? asking.up.pull(asking, comment.issue) : null),
});

export const reviewNode = (asking: Asking, review: Review): Fields => ({
  __typename: "PullRequestReview",
  ...shared(asking, review.pull.repo, review),
  state: review.state,
  submittedAt: review.submittedAt,
  publishedAt: review.submittedAt,
  url: `${conversationPage(asking.world, review.pull)}#pullrequestreview-${review.id}`,
  commit: { __typename: "Commit", oid: review.commitId },
  pullRequest: () => asking.up.pull(asking, review.pull),
  comments: (args: unknown) => connection(args, commentsOf(review), (comment) => reviewCommentNode(asking, comment)),
});

export const reviewCommentNode = (asking: Asking, comment: ReviewComment): Fields => {
  const { thread } = comment;
  const first = thread.comments[0];
  return {
    __typename: "PullRequestReviewComment",
    ...shared(asking, thread.pull.repo, comment),
    publishedAt: comment.review.submittedAt,
    url: reviewCommentPage(asking.world, comment),
    path: thread.path,
    diffHunk: thread.diffHunk,
    line: thread.line,
    startLine: thread.startLine,
    originalLine: thread.originalLine,
    originalStartLine: thread.originalStartLine,
    outdated: thread.line === null,
    state: comment.review.state === "PENDING" ? "PENDING" : "SUBMITTED",
    subjectType: "LINE",
    commit: { __typename: "Commit", oid: thread.commitId },
    originalCommit: { __typename: "Commit", oid: thread.originalCommitId },
    pullRequestReview: () => reviewNode(asking, comment.review),
    pullRequest: () => asking.up.pull(asking, thread.pull),
    replyTo: () => (comment.inReplyTo === null || first === undefined ? null : reviewCommentNode(asking, first)),
  };
};

export const threadNode = (asking: Asking, thread: Thread): Fields => ({
  __typename: "PullRequestReviewThread",
  id: thread.nodeId,
  path: thread.path,
  line: thread.line,
  startLine: thread.startLine,
  originalLine: thread.originalLine,
  originalStartLine: thread.originalStartLine,
  diffSide: thread.side,
  startDiffSide: thread.startSide,
  subjectType: "LINE",
  isResolved: thread.resolvedBy !== null,
  isOutdated: thread.line === null,
  isCollapsed: thread.resolvedBy !== null || thread.line === null,
  resolvedBy: () => (thread.resolvedBy === null ? null : actorNode(asking.world, thread.resolvedBy)),
  pullRequest: () => asking.up.pull(asking, thread.pull),
  comments: (args: unknown) => {
    const visible = thread.comments.filter((comment) => isVisible(comment, asking.viewer));
    return connection(args, visible, (comment) => reviewCommentNode(asking, comment));
  },
});

const reviewFilter = z.looseObject({ states: z.array(z.string()).nullish(), author: z.string().nullish() });

/** Reviews that the viewer sees, by state and author where that is asked. */
export const reviewsOf = (asking: Asking, pull: Pull, args: unknown): readonly Review[] => {
  const { states, author } = reviewFilter.parse(args);
  return pull.reviews.filter(
    (review) =>
      (review.state !== "PENDING" || review.author.id === asking.viewer.id) &&
      (states?.includes(review.state) ?? true) &&
      (typeof author !== "string" || actorNode(asking.world, review.author)["login"] === author),
  );
};
