import type { Review, ReviewComment } from "../state.ts";
import type { World } from "../world.ts";
import { accountJson } from "./account-json.ts";
import { association } from "./association.ts";
import { reactionRollupJson } from "./conversation-json.ts";
import { conversationPage, pullApi, repoApi } from "./urls.ts";
import type { Json } from "./urls.ts";

const reviewPlaces = (world: World, review: Review): Json => {
  const html = `${conversationPage(world, review.pull)}#pullrequestreview-${review.id}`;
  const pull = pullApi(world, review.pull);
  return {
    html_url: html,
    pull_request_url: pull,
    _links: { html: { href: html }, pull_request: { href: pull } },
  };
};

/** A pending review has no `submitted_at`. */
export function reviewJson(world: World, review: Review): Json {
  return {
    id: review.id,
    node_id: review.nodeId,
    user: accountJson(world, review.author),
    body: review.body,
    state: review.state,
    ...reviewPlaces(world, review),
    author_association: association(review.pull.repo, review.author),
    ...(review.submittedAt === null ? {} : { submitted_at: review.submittedAt }),
    commit_id: review.commitId,
  };
}

export const reviewCommentPage = (world: World, comment: ReviewComment): string =>
  `${conversationPage(world, comment.thread.pull)}#discussion_r${comment.id}`;

const commentPlaces = (world: World, comment: ReviewComment): Json => {
  const { pull } = comment.thread;
  const url = repoApi(world, pull.repo, `/pulls/comments/${comment.id}`);
  const html = reviewCommentPage(world, comment);
  return {
    url,
    html_url: html,
    pull_request_url: pullApi(world, pull),
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pullApi(world, pull) } },
    reactions: reactionRollupJson(world, comment, `${url}/reactions`),
  };
};

const placeInDiff = (comment: ReviewComment): Json => {
  const { thread } = comment;
  return {
    path: thread.path,
    diff_hunk: thread.diffHunk,
    commit_id: thread.commitId,
    original_commit_id: thread.originalCommitId,
    side: thread.side,
    start_side: thread.startSide,
    line: thread.line,
    start_line: thread.startLine,
    original_line: thread.originalLine,
    original_start_line: thread.originalStartLine,
    position: thread.position,
    original_position: thread.originalPosition,
    subject_type: "line",
  };
};

/** A line comment; `line` and `position` are null once it is outdated. */
export function reviewCommentJson(world: World, comment: ReviewComment): Json {
  return {
    ...commentPlaces(world, comment),
    ...placeInDiff(comment),
    id: comment.id,
    node_id: comment.nodeId,
    pull_request_review_id: comment.review.id,
    ...(comment.inReplyTo === null ? {} : { in_reply_to_id: comment.inReplyTo }),
    user: accountJson(world, comment.author),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: association(comment.thread.pull.repo, comment.author),
  };
}
