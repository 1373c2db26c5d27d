import { findInstallation } from "../actions/installations.ts";
import { commentsOf } from "../actions/reviews.ts";
import { conversationPage, fullName, repoPage } from "../json/urls.ts";
import type {
  CheckRunView,
  CommentView,
  LineCommentView,
  PullView,
  RepositoryView,
  ReviewView,
  ThreadView,
} from "../simulator.ts";
import type { CheckRun, IssueComment, Pull, Repo, Review, ReviewComment, Thread } from "../state.ts";
import type { World } from "../world.ts";

/** Copies of the state as tests and the demo read it: what is handed out does not change afterwards. */

export function repositoryView(world: World, repo: Repo): RepositoryView {
  const installation = findInstallation(world, repo.owner);
  return {
    id: repo.id,
    nodeId: repo.nodeId,
    owner: repo.owner.login,
    name: repo.name,
    fullName: fullName(repo),
    defaultBranch: repo.defaultBranch,
    cloneUrl: `${repoPage(world, repo)}.git`,
    gitDir: repo.gitDir,
    installationId: installation?.repos.has(repo) === true ? installation.id : null,
  };
}

export const pullView = (world: World, pull: Pull): PullView => ({
  repo: fullName(pull.repo),
  number: pull.number,
  id: pull.id,
  nodeId: pull.nodeId,
  title: pull.title,
  body: pull.body,
  state: pull.state,
  merged: pull.merged,
  draft: pull.draft,
  headRef: pull.headRef,
  headSha: pull.headSha,
  baseRef: pull.baseRef,
  baseSha: pull.baseSha,
  mergeBase: pull.diff.mergeBase,
  changedFiles: pull.diff.files.size,
  url: conversationPage(world, pull),
});

export const commentView = (comment: IssueComment | ReviewComment): CommentView => ({
  id: comment.id,
  nodeId: comment.nodeId,
  author: comment.author.login,
  body: comment.body,
  minimized: comment.minimized,
  createdAt: comment.createdAt,
  updatedAt: comment.updatedAt,
});

export const lineCommentView = (comment: ReviewComment): LineCommentView => ({
  ...commentView(comment),
  path: comment.thread.path,
  side: comment.thread.side,
  originalStartLine: comment.thread.originalStartLine,
  originalLine: comment.thread.originalLine,
  line: comment.thread.line,
  startLine: comment.thread.startLine,
  threadId: comment.thread.nodeId,
  inReplyTo: comment.inReplyTo,
  pending: comment.review.state === "PENDING",
});

export const reviewView = (review: Review): ReviewView => ({
  id: review.id,
  nodeId: review.nodeId,
  author: review.author.login,
  state: review.state,
  body: review.body,
  commitId: review.commitId,
  submittedAt: review.submittedAt,
  comments: commentsOf(review).map(lineCommentView),
});

export const threadView = (thread: Thread): ThreadView => ({
  id: thread.nodeId,
  path: thread.path,
  side: thread.side,
  line: thread.line,
  startLine: thread.startLine,
  isResolved: thread.resolvedBy !== null,
  isOutdated: thread.line === null,
  comments: thread.comments.map(lineCommentView),
});

export const checkRunView = (run: CheckRun): CheckRunView => ({
  id: run.id,
  repo: fullName(run.suite.repo),
  headSha: run.suite.headSha,
  name: run.name,
  externalId: run.externalId,
  status: run.status,
  conclusion: run.conclusion,
  output: run.output,
  annotations: [...run.annotations],
});
