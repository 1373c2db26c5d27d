import { unprocessable } from "../github-error.ts";
import type { Account, Minimizable, Pull, ReviewComment, Thread } from "../state.ts";
import { announceReviewComment } from "../webhooks/conversation-events.ts";
import { stamp } from "../world.ts";
import type { World } from "../world.ts";
import type { Actor } from "./accounts.ts";
import { checkBody } from "./issue-comments.ts";
import { placeComment } from "./place-comment.ts";
import type { LineComment } from "./place-comment.ts";
import { diffAt, publishAlone, refuseSecondReview } from "./reviews.ts";

/** Comments of a pending review are seen by its author alone. */
export const isVisible = (comment: ReviewComment, viewer: Account | null): boolean =>
  comment.review.state !== "PENDING" || comment.review.author.id === viewer?.id;

export const visibleThreads = (pull: Pull, viewer: Account | null): readonly Thread[] =>
  pull.threads.filter((thread) => thread.comments.some((comment) => isVisible(comment, viewer)));

/** One line comment on its own, outside a review of several. */
export async function commentOnLine(
  world: World,
  pull: Pull,
  input: { readonly actor: Actor; readonly commitId: string; readonly comment: LineComment },
): Promise<ReviewComment> {
  const diff = await diffAt(world, pull, input.commitId);
  refuseSecondReview(pull, input.actor.account);
  checkBody(world, "PullRequestReviewComment", input.comment.body);
  const target = placeComment(input.comment, { diff, limits: world.limits, form: "comment" });
  return publishAlone(world, pull, { ...input, body: input.comment.body, target });
}

export function replyInThread(world: World, thread: Thread, input: { actor: Actor; body: string }): ReviewComment {
  checkBody(world, "PullRequestReviewComment", input.body);
  return publishAlone(world, thread.pull, { ...input, commitId: thread.pull.headSha, target: thread });
}

/** Replies hang on a thread's first comment: replies to replies are not supported by GitHub. */
export function requireTopLevel(comment: ReviewComment): Thread {
  if (comment.inReplyTo !== null) throw unprocessable("in_reply_to must be a top-level comment");
  return comment.thread;
}

export function editReviewComment(world: World, comment: ReviewComment, input: { actor: Actor; body: string }): void {
  checkBody(world, "PullRequestReviewComment", input.body);
  const changes = { body: { from: comment.body } };
  comment.body = input.body;
  comment.updatedAt = stamp(world);
  if (comment.review.state === "PENDING") return;
  announceReviewComment(world, comment, { action: "edited", sender: input.actor.account, extra: { changes } });
}

export function setResolved(thread: Thread, by: Account | null): void {
  thread.resolvedBy = by;
}

export function minimize(subject: Minimizable, classifier: string): void {
  subject.minimized = classifier.toLowerCase();
}
