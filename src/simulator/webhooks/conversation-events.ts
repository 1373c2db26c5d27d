import { issueCommentJson, issueJson } from "../json/conversation-json.ts";
import { pullSimpleJson } from "../json/pull-json.ts";
import { reviewCommentJson, reviewJson } from "../json/review-json.ts";
import type { Json } from "../json/urls.ts";
import type { Account, IssueComment, Review, ReviewComment } from "../state.ts";
import type { World } from "../world.ts";
import { announceRepoEvent } from "./event-base.ts";

export interface ConversationEvent {
  readonly action: "created" | "edited" | "deleted" | "submitted";
  readonly sender: Account;
  /** For `edited`: what it was. */
  readonly extra?: Json;
}

export const announceIssueComment = (world: World, comment: IssueComment, event: ConversationEvent): void =>
  announceRepoEvent(world, comment.issue.repo, {
    event: "issue_comment",
    action: event.action,
    sender: event.sender,
    payload: { issue: issueJson(world, comment.issue), comment: issueCommentJson(world, comment), ...event.extra },
  });

export const announceReviewComment = (world: World, comment: ReviewComment, event: ConversationEvent): void =>
  announceRepoEvent(world, comment.thread.pull.repo, {
    event: "pull_request_review_comment",
    action: event.action,
    sender: event.sender,
    payload: {
      pull_request: pullSimpleJson(world, comment.thread.pull),
      comment: reviewCommentJson(world, comment),
      ...event.extra,
    },
  });

// In webhooks a review's state is in lower case and an empty body is null; in REST it is upper case and "".
const webhookReview = (world: World, review: Review): Json => ({
  ...reviewJson(world, review),
  state: review.state.toLowerCase(),
  body: review.body === "" ? null : review.body,
  updated_at: review.updatedAt,
});

export const announceReview = (world: World, review: Review, event: ConversationEvent): void =>
  announceRepoEvent(world, review.pull.repo, {
    event: "pull_request_review",
    action: event.action,
    sender: event.sender,
    payload: {
      review: webhookReview(world, review),
      pull_request: pullSimpleJson(world, review.pull),
      ...event.extra,
    },
  });
