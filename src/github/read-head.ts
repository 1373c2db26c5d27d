import { z } from "zod";
import type { CodeHost } from "../review/ports.ts";
import type { Connection } from "./connection.ts";
import { isNotFound } from "./graphql-call.ts";
import { nullWhenGone } from "./null-when-gone.ts";
import { pullRequestVariables } from "./route-parameters.ts";

const query = `query ReadHead($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { databaseId pullRequest(number: $number) { headRefOid } }
}`;

const answer = z.object({
  repository: z
    .object({ databaseId: z.int(), pullRequest: z.object({ headRefOid: z.string() }).nullable() })
    .nullable(),
});

export const readHead =
  (connection: Connection): CodeHost["readHead"] =>
  (ref, signal) =>
    nullWhenGone(async () => {
      const variables = pullRequestVariables(ref);
      const { repository } = await connection.query(
        { ref, step: "read", query, variables, answer, tolerates: isNotFound },
        signal,
      );
      return repository?.databaseId === ref.repositoryId ? (repository.pullRequest?.headRefOid ?? null) : null;
    });
