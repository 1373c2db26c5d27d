import type { InsertQueryBuilder, InsertResult } from "kysely";
import type { PullRequestRef } from "../core/pull-request.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";

/** Writes the row of a pull request, or its latest names, and holds the row's lock until the transaction ends. */
export const upsertPullRequest = (
  database: Database,
  ref: PullRequestRef,
): InsertQueryBuilder<Tables, "pull_requests", InsertResult> => {
  const names = { installation_id: ref.installationId, owner: ref.owner, name: ref.name };
  return database.sql
    .insertInto("pull_requests")
    .values({ repository_id: ref.repositoryId, number: ref.number, ...names })
    .onConflict((conflict) => conflict.columns(["repository_id", "number"]).doUpdateSet(names));
};

/** The columns that identify a pull request; repository names change and are reused. */
export const keyOf = (ref: PullRequestRef): { readonly repository_id: number; readonly number: number } => ({
  repository_id: ref.repositoryId,
  number: ref.number,
});
