import { unprocessable } from "../github-error.ts";
import type { PullDiff } from "../git/pull-diff.ts";
import { nodeId } from "../node-id.ts";
import type { Account, Pull, Review, ReviewComment, ReviewState, Thread } from "../state.ts";
import { announceReview, announceReviewComment } from "../webhooks/conversation-events.ts";
import { stamp } from "../world.ts";
import type { World } from "../world.ts";
import type { Actor } from "./accounts.ts";
import { followThreads } from "./follow-threads.ts";
import { placeComment } from "./place-comment.ts";
import type { LineComment, PlacedComment } from "./place-comment.ts";

export type ReviewEvent = "APPROVE" | "REQUEST_CHANGES" | "COMMENT";

export interface NewReview {
  readonly actor: Actor;
  readonly commitId: string | null;
  readonly body: string;
  /** Null leaves the review PENDING: nobody but its author sees it. */
  readonly event: ReviewEvent | null;
  readonly comments: readonly LineComment[];
}

const states: Readonly<Record<ReviewEvent, ReviewState>> = {
  APPROVE: "APPROVED",
  REQUEST_CHANGES: "CHANGES_REQUESTED",
  COMMENT: "COMMENTED",
};

const pendingReviewOf = (pull: Pull, account: Account): Review | null =>
  pull.reviews.find((review) => review.state === "PENDING" && review.author.id === account.id) ?? null;

/** One pending review per person and pull request: while it lasts, nothing else that is a review can be made. */
export function refuseSecondReview(pull: Pull, account: Account): void {
  if (pendingReviewOf(pull, account) !== null) {
    throw unprocessable("User can only have one pending review per pull request");
  }
}

const checkEvent = (
  pull: Pull,
  author: Account,
  review: { event: ReviewEvent; body: string; comments: number },
): void => {
  const own = pull.author.id === author.id;
  if (own && review.event === "APPROVE") throw unprocessable("Can not approve your own pull request");
  if (own && review.event === "REQUEST_CHANGES")
    throw unprocessable("Can not request changes on your own pull request");
  if (review.event === "APPROVE" || review.body.trim() !== "") return;
  if (review.event === "REQUEST_CHANGES" || review.comments === 0) {
    throw unprocessable("Pull request review body can't be blank");
  }
};

const checkLengths = (world: World, bodies: readonly string[]): void => {
  const { bodyCharacters } = world.limits;
  if (bodies.some((body) => body.length > bodyCharacters)) {
    throw unprocessable(`Body is too long (maximum is ${bodyCharacters} characters)`);
  }
};

/** The diff as of one commit of the pull request; a commit that is not part of it gets 422. */
export async function diffAt(world: World, pull: Pull, commitId: string): Promise<PullDiff> {
  if (commitId === pull.headSha) return pull.diff;
  if (!pull.commits.some((commit) => commit.sha === commitId)) {
    throw unprocessable("Commit is not part of the pull request");
  }
  return world.readDiff(pull.repo.gitDir, { base: pull.baseSha, head: commitId });
}

function buildReview(world: World, pull: Pull, input: { actor: Actor; body: string; commitId: string }): Review {
  const id = world.nextId();
  const review: Review = {
    kind: "review",
    id,
    nodeId: nodeId("PRR", id),
    pull,
    author: input.actor.account,
    viaApp: input.actor.viaApp,
    body: input.body,
    state: "PENDING",
    commitId: input.commitId,
    minimized: null,
    createdAt: stamp(world),
    updatedAt: stamp(world),
    submittedAt: null,
  };
  pull.reviews.push(review);
  world.state.nodes.set(review.nodeId, review);
  return review;
}

function addCommentToThread(
  world: World,
  thread: Thread,
  input: { readonly review: Review; readonly body: string },
): ReviewComment {
  const id = world.nextId();
  const comment: ReviewComment = {
    kind: "review_comment",
    id,
    nodeId: nodeId("PRRC", id),
    thread,
    review: input.review,
    author: input.review.author,
    viaApp: input.review.viaApp,
    inReplyTo: thread.comments[0]?.id ?? null,
    body: input.body,
    minimized: null,
    createdAt: stamp(world),
    updatedAt: stamp(world),
  };
  thread.comments.push(comment);
  world.state.nodes.set(comment.nodeId, comment);
  return comment;
}

function startThread(world: World, review: Review, comment: PlacedComment): Thread {
  const { pull, commitId } = review;
  const thread: Thread = {
    kind: "thread",
    nodeId: nodeId("PRRT", world.nextId()),
    pull,
    path: comment.path,
    side: comment.side,
    startSide: comment.startLine === null ? null : (comment.startSide ?? comment.side),
    originalLine: comment.line,
    originalStartLine: comment.startLine,
    originalCommitId: commitId,
    originalPosition: comment.position,
    diffHunk: comment.diffHunk,
    line: comment.line,
    startLine: comment.startLine,
    position: comment.position,
    commitId,
    resolvedBy: null,
    comments: [],
  };
  pull.threads.push(thread);
  world.state.nodes.set(thread.nodeId, thread);
  addCommentToThread(world, thread, { review, body: comment.body });
  return thread;
}

/**
 * Creates a review with its line comments, all or nothing. Everything that could refuse is looked at after the diff is
 * at hand and before the first change, so that two callers at once cannot both pass.
 */
export async function createReview(world: World, pull: Pull, input: NewReview): Promise<Review> {
  const commitId = input.commitId ?? pull.headSha;
  const diff = await diffAt(world, pull, commitId);
  refuseSecondReview(pull, input.actor.account);
  checkLengths(world, [input.body, ...input.comments.map((comment) => comment.body)]);
  const { event } = input;
  if (event !== null)
    checkEvent(pull, input.actor.account, { event, body: input.body, comments: input.comments.length });
  const placed = input.comments.map((comment) => placeComment(comment, { diff, limits: world.limits, form: "review" }));
  const review = buildReview(world, pull, { actor: input.actor, body: input.body, commitId });
  const threads = placed.map((comment) => startThread(world, review, comment));
  await followThreads(world, { gitDir: pull.repo.gitDir, threads, from: diff, to: pull.diff });
  if (event !== null) publish(world, review, event);
  return review;
}

export const commentsOf = (review: Review): readonly ReviewComment[] =>
  review.pull.threads.flatMap((thread) => thread.comments).filter((comment) => comment.review === review);

function publish(world: World, review: Review, event: ReviewEvent): void {
  review.state = states[event];
  review.submittedAt = stamp(world);
  review.updatedAt = stamp(world);
  review.pull.updatedAt = stamp(world);
  announceReview(world, review, { action: "submitted", sender: review.author });
  for (const comment of commentsOf(review)) {
    announceReviewComment(world, comment, { action: "created", sender: review.author });
  }
}

/** Makes a pending review seen by everybody. */
export function submitReview(world: World, review: Review, input: { event: ReviewEvent; body: string | null }): void {
  if (review.state !== "PENDING") throw unprocessable("Can not submit a review that is not pending");
  const body = input.body ?? review.body;
  checkLengths(world, [body]);
  checkEvent(review.pull, review.author, { event: input.event, body, comments: commentsOf(review).length });
  review.body = body;
  publish(world, review, input.event);
}

export function deletePendingReview(world: World, review: Review): void {
  if (review.state !== "PENDING") throw unprocessable("Can not delete a non-pending pull request review");
  const { pull } = review;
  for (const comment of commentsOf(review)) {
    comment.thread.comments.splice(comment.thread.comments.indexOf(comment), 1);
    world.state.nodes.delete(comment.nodeId);
  }
  const empty = pull.threads.filter((thread) => thread.comments.length === 0);
  for (const thread of empty) {
    pull.threads.splice(pull.threads.indexOf(thread), 1);
    world.state.nodes.delete(thread.nodeId);
  }
  pull.reviews.splice(pull.reviews.indexOf(review), 1);
  world.state.nodes.delete(review.nodeId);
}

export function editReview(world: World, review: Review, input: { body: string; sender: Account }): void {
  checkLengths(world, [input.body]);
  const changes = { body: { from: review.body } };
  review.body = input.body;
  review.updatedAt = stamp(world);
  if (review.state === "PENDING") return;
  announceReview(world, review, { action: "edited", sender: input.sender, extra: { changes } });
}

/** A comment outside a review of several: GitHub wraps it into a review of its own and submits that at once. */
export function publishAlone(
  world: World,
  pull: Pull,
  input: {
    readonly actor: Actor;
    readonly body: string;
    readonly commitId: string;
    readonly target: Thread | PlacedComment;
  },
): ReviewComment {
  refuseSecondReview(pull, input.actor.account);
  checkLengths(world, [input.body]);
  const review = buildReview(world, pull, { actor: input.actor, body: "", commitId: input.commitId });
  if ("kind" in input.target) addCommentToThread(world, input.target, { review, body: input.body });
  else startThread(world, review, input.target);
  publish(world, review, "COMMENT");
  const [comment] = commentsOf(review);
  if (comment === undefined) throw new Error("a review of one comment has none");
  return comment;
}
