import { z } from "zod";
import type { CodeHost } from "../review/ports.ts";
import type { Connection } from "./connection.ts";
import { databaseId } from "./database-id.ts";
import { findBackwards, pageBefore } from "./find-backwards.ts";
import { isNotFound } from "./graphql-call.ts";
import { pullRequestVariables, repositoryParameters } from "./route-parameters.ts";

const writeAnswer = z.object({ id: z.int() });

/** To GitHub the conversation of a pull request is that of an issue with the same number. */
export const writeComment =
  (connection: Connection): CodeHost["writeComment"] =>
  (ref, { id, body }, signal) => {
    const parameters = { ...repositoryParameters(ref), body };
    const call = { ref, step: "publish", answer: writeAnswer } as const;
    if (id === null) {
      const create = { ...parameters, issue_number: ref.number };
      const route = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
      return connection.write({ ...call, send: (request) => request(route, create) }, signal);
    }
    const update = { ...parameters, comment_id: id };
    const route = "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}";
    return connection.write({ ...call, send: (request) => request(route, update) }, signal);
  };

const findQuery = `query FindComment($owner: String!, $name: String!, $number: Int!, $before: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      comments(last: 100, before: $before) {
        pageInfo { hasPreviousPage startCursor }
        nodes { fullDatabaseId body viewerDidAuthor }
      }
    }
  }
}`;

const comment = z.object({ fullDatabaseId: databaseId, body: z.string(), viewerDidAuthor: z.boolean() });

const findAnswer = z.object({
  repository: z.object({ pullRequest: z.object({ comments: pageBefore(comment) }).nullable() }).nullable(),
});

/** One request, and one more for each further 100 comments until it is found; the newest come first. */
export const findComment =
  (connection: Connection): CodeHost["findComment"] =>
  async (ref, marker, signal) => {
    const call = { ref, step: "publish", query: findQuery, answer: findAnswer, tolerates: isNotFound } as const;
    const found = await findBackwards(
      async (before) => {
        const variables = { ...pullRequestVariables(ref), before };
        const { repository } = await connection.query({ ...call, variables }, signal);
        return repository?.pullRequest?.comments ?? null;
      },
      (each) => each.viewerDidAuthor && each.body.includes(marker),
    );
    return found === null ? null : { id: found.fullDatabaseId };
  };
