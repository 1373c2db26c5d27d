import { z } from "zod";
import type { PullRequestRef } from "../core/pull-request.ts";
import type { CodeHost } from "../review/ports.ts";
import type { Connection } from "./connection.ts";
import { databaseId } from "./database-id.ts";
import { findBackwards, pageBefore } from "./find-backwards.ts";
import { isNotFound } from "./graphql-call.ts";
import { pullRequestParameters, pullRequestVariables } from "./route-parameters.ts";

export const replyInThread =
  (connection: Connection): CodeHost["replyInThread"] =>
  async (ref, { threadId, commentId, body }, signal) => {
    if (threadId !== null) return replyByThread(connection, { ref, threadId, body }, signal);
    if (commentId !== null) return replyByComment(connection, { ref, commentId, body }, signal);
    throw new TypeError("a reply needs a thread or one of its comments");
  };

const replyMutation = `mutation ReplyInThread($threadId: ID!, $body: String!) {
  addPullRequestReviewThreadReply(input: { pullRequestReviewThreadId: $threadId, body: $body }) {
    comment { fullDatabaseId }
  }
}`;

const replyMutationAnswer = z.object({
  addPullRequestReviewThreadReply: z.object({ comment: z.object({ fullDatabaseId: databaseId }) }),
});

const replyByThread = async (
  connection: Connection,
  { ref, ...variables }: { readonly ref: PullRequestRef; readonly threadId: string; readonly body: string },
  signal: AbortSignal,
): Promise<{ readonly id: number }> => {
  const answer = replyMutationAnswer;
  const written = await connection.mutate({ ref, step: "publish", query: replyMutation, variables, answer }, signal);
  return { id: written.addPullRequestReviewThreadReply.comment.fullDatabaseId };
};

const replyByComment = (
  connection: Connection,
  { ref, commentId, body }: { readonly ref: PullRequestRef; readonly commentId: number; readonly body: string },
  signal: AbortSignal,
): Promise<{ readonly id: number }> => {
  const parameters = { ...pullRequestParameters(ref), comment_id: commentId, body };
  const route = "POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies";
  const answer = z.object({ id: z.int() });
  return connection.write({ ref, step: "publish", answer, send: (request) => request(route, parameters) }, signal);
};

const findQuery = `query FindReply($owner: String!, $name: String!, $number: Int!, $before: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(last: 100, before: $before) {
        pageInfo { hasPreviousPage startCursor }
        nodes { comments(last: 50) { nodes { fullDatabaseId body viewerDidAuthor } } }
      }
    }
  }
}`;

const comment = z.object({ fullDatabaseId: databaseId, body: z.string(), viewerDidAuthor: z.boolean() });
const thread = z.object({ comments: z.object({ nodes: z.array(comment) }) });

const findAnswer = z.object({
  repository: z.object({ pullRequest: z.object({ reviewThreads: pageBefore(thread) }).nullable() }).nullable(),
});

/** One request, and one more for each further 100 threads until it is found; the newest 50 comments of each. */
export const findReply =
  (connection: Connection): CodeHost["findReply"] =>
  async (ref, marker, signal) => {
    const call = { ref, step: "publish", query: findQuery, answer: findAnswer, tolerates: isNotFound } as const;
    const ours = (each: z.infer<typeof comment>) => each.viewerDidAuthor && each.body.includes(marker);
    const found = await findBackwards(
      async (before) => {
        const variables = { ...pullRequestVariables(ref), before };
        const { repository } = await connection.query({ ...call, variables }, signal);
        return repository?.pullRequest?.reviewThreads ?? null;
      },
      ({ comments }) => comments.nodes.some(ours),
    );
    const reply = found?.comments.nodes.findLast(ours);
    return reply === undefined ? null : { id: reply.fullDatabaseId };
  };
