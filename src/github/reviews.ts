import { z } from "zod";
import type { PlannedComment } from "../core/plan.ts";
import { CodeHostError } from "../review/errors.ts";
import type { CodeHost, CreateReviewResult, NewReview, ReviewOnHost } from "../review/ports.ts";
import type { Connection } from "./connection.ts";
import { databaseId } from "./database-id.ts";
import { isNotFound } from "./graphql-call.ts";
import { pullRequestParameters, pullRequestVariables } from "./route-parameters.ts";

/** GitHub times out (502) on reviews with many more; a plan never holds as many. */
const maxComments = 30;

/** The review is created without an event, so it is PENDING. `commit_id` ties its lines to the head that was read. */
export const createPendingReview =
  (connection: Connection): CodeHost["createPendingReview"] =>
  async (ref, review, signal) => {
    if (review.comments.length > maxComments) throw new RangeError(`${review.comments.length} comments in one review`);
    const comments = review.comments.map(toComment);
    const parameters = { ...pullRequestParameters(ref), commit_id: review.headSha, body: review.body, comments };
    const route = "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews";
    try {
      const { id } = await connection.write(
        { ref, step: "publish", answer: createdAnswer, send: (request) => request(route, parameters) },
        signal,
      );
      return { created: true, id };
    } catch (error) {
      const refused = refusedReview(error, review);
      if (refused === null) throw error;
      return refused;
    }
  };

const createdAnswer = z.object({ id: z.int() });

const toComment = ({ anchor, body }: PlannedComment) => ({
  path: anchor.path,
  side: anchor.side,
  line: anchor.line,
  body,
  // GitHub refuses a start_line that is not below line.
  ...(anchor.startLine !== null && anchor.startLine < anchor.line
    ? { start_line: anchor.startLine, start_side: anchor.side }
    : {}),
});

/** GitHub gives every refusal the same 422, without a code and without naming the comment: only the text differs. */
const refusedReview = (error: unknown, review: NewReview): CreateReviewResult | null => {
  if (!(error instanceof CodeHostError) || error.status !== 422) return null;
  const { message } = error;
  if (/one pending review/i.test(message)) return { created: false, refused: "pending_exists", message };
  return review.comments.length > 0 ? { created: false, refused: "line", message } : null;
};

export const submitReview =
  (connection: Connection): CodeHost["submitReview"] =>
  async (ref, { id, event }, signal) => {
    const parameters = { ...pullRequestParameters(ref), review_id: id, event };
    const route = "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/events";
    const answer = z.object({ html_url: z.string() });
    const submitted = await connection.write(
      { ref, step: "publish", answer, send: (request) => request(route, parameters) },
      signal,
    );
    return { url: submitted.html_url };
  };

/** A review that is gone already is no error. */
export const deletePendingReview =
  (connection: Connection): CodeHost["deletePendingReview"] =>
  async (ref, id, signal) => {
    const parameters = { ...pullRequestParameters(ref), review_id: id };
    const route = "DELETE /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}";
    try {
      await connection.write(
        { ref, step: "publish", answer: createdAnswer, send: (request) => request(route, parameters) },
        signal,
      );
    } catch (error) {
      if (!(error instanceof CodeHostError) || error.status !== 404) throw error;
    }
  };

const findQuery = `query FindReviews($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      pending: reviews(last: 20, states: [PENDING]) { ...Reviews }
      submitted: reviews(last: 100, states: [APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED]) { ...Reviews }
    }
  }
}
fragment Reviews on PullRequestReviewConnection { nodes { fullDatabaseId body url viewerDidAuthor } }`;

const reviewsAnswer = z.object({
  nodes: z.array(
    z.object({ fullDatabaseId: databaseId, body: z.string(), url: z.string(), viewerDidAuthor: z.boolean() }),
  ),
});

const findAnswer = z.object({
  repository: z
    .object({ pullRequest: z.object({ pending: reviewsAnswer, submitted: reviewsAnswer }).nullable() })
    .nullable(),
});

/** One request over the newest 100 submitted reviews: ours was made a moment ago. */
export const findReviews =
  (connection: Connection): CodeHost["findReviews"] =>
  async (ref, marker, signal) => {
    const call = { ref, step: "publish", query: findQuery, answer: findAnswer, tolerates: isNotFound } as const;
    const { repository } = await connection.query({ ...call, variables: pullRequestVariables(ref) }, signal);
    const found = repository?.pullRequest;
    if (found === null || found === undefined) return [];
    return [...found.pending.nodes, ...found.submitted.nodes].flatMap((review): readonly ReviewOnHost[] => {
      if (!review.viewerDidAuthor) return [];
      const mine = review.body.includes(marker);
      const id = review.fullDatabaseId;
      if (found.pending.nodes.includes(review)) return [{ state: "pending", id, mine }];
      return mine ? [{ state: "submitted", id, url: review.url }] : [];
    });
  };
