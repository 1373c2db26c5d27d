import { z } from "zod";
import type { PullRequestRef } from "../core/pull-request.ts";
import type { RunEnding } from "../core/run.ts";
import type { RunRecord, RunStore } from "../review/store-ports.ts";
import type { Database } from "./database.ts";
import { forgetRepository } from "./forget.ts";
import { keyOf } from "./pull-request-row.ts";
import { readRows, runQuery } from "./run-query.ts";
import { answerQuery } from "./answer-query.ts";
import { createRunTrace } from "./run-trace.ts";
import { readSpending } from "./spending.ts";
import { storableText } from "./storable-text.ts";

const runStates = ["active", "reviewed", "skipped", "failed", "superseded"] as const;

const runRow = z
  .object({
    id: z.string(),
    installation_id: z.coerce.number(),
    repository_id: z.coerce.number(),
    owner: z.string(),
    name: z.string(),
    number: z.int(),
    head_sha: z.string(),
    merge_base: z.string().nullable(),
    request_ids_json: z.string(),
    author: z.string().nullable(),
    state: z.enum(runStates),
    started_at: z.date(),
  })
  .transform(({ id, owner, name, number, author, state, ...row }): RunRecord => ({
    id,
    pullRequest: { installationId: row.installation_id, repositoryId: row.repository_id, owner, name, number },
    headSha: row.head_sha,
    mergeBase: row.merge_base,
    requestIds: z.array(z.string()).parse(JSON.parse(row.request_ids_json)),
    author,
    state,
    startedAt: row.started_at,
  }));

const countRow = z.object({ runs: z.coerce.number() });

const headRow = z
  .object({ id: z.string(), head_sha: z.string(), merge_base: z.string() })
  .transform((row) => ({ headSha: row.head_sha, mergeBase: row.merge_base, runId: row.id }));

/** Runs with their traces and ledgers, what they cost, and which sentences were said once. */
export const createRunStore = (database: Database): RunStore => ({
  ...createRunTrace(database),
  start: (run) => start(database, run),
  findActive: async (ref) => (await readRows(database.connection, activeRun(database, ref), runRow))[0] ?? null,
  finish: (runId, ending, answered) =>
    database.transaction(async (connection) => {
      await runQuery(connection, finishQuery(database, runId, ending));
      if (answered === undefined || answered.requestIds.length === 0) return;
      await runQuery(connection, answerQuery(database, answered.requestIds, { runId, note: answered.note }));
    }),
  reviewedHeads: (ref) => readRows(database.connection, reviewedHeads(database, ref), headRow),
  spentSince: (scope, since) => readSpending(database, scope, since),
  ofHead: (repositoryId, headSha) => readRows(database.connection, runsOfHead(database, repositoryId, headSha), runRow),
  countByAuthor: async (author, { since, besides }) => {
    const query = database.sql
      .selectFrom("runs")
      .select((run) => run.fn.countAll().as("runs"))
      .where("author", "=", author)
      .where("started_at", ">=", since)
      .where("state", "!=", "skipped")
      .where("id", "!=", besides);
    return (await readRows(database.connection, query, countRow))[0]?.runs ?? 0;
  },
  sayOnce: async (ref, { key, speaker }) => {
    const query = database.sql
      .insertInto("sentences")
      .values({ ...keyOf(ref), key: storableText(key), speaker })
      .onConflict((conflict) =>
        conflict
          .columns(["repository_id", "number", "key"])
          .doUpdateSet({ speaker })
          .where("sentences.speaker", "=", speaker),
      )
      .returning("key");
    return (await runQuery(database.connection, query)) > 0;
  },
  forgetRepository: (repositoryId) => forgetRepository(database, repositoryId),
});

const start = async (database: Database, run: Parameters<RunStore["start"]>[0]): Promise<void> => {
  const { installationId, owner, name } = run.pullRequest;
  const query = database.sql.insertInto("runs").values({
    ...keyOf(run.pullRequest),
    id: run.id,
    installation_id: installationId,
    owner,
    name,
    head_sha: run.headSha,
    request_ids_json: JSON.stringify(run.requestIds),
    author: run.author,
    state: "active",
    is_partial: false,
    started_at: run.startedAt,
  });
  await runQuery(database.connection, query);
};

const finishQuery = (database: Database, runId: string, ending: RunEnding) =>
  database.sql
    .updateTable("runs")
    .set({
      state: ending.kind,
      finished_at: new Date(),
      ...("reason" in ending ? { reason: storableText(ending.reason) } : {}),
      ...(ending.kind === "reviewed" ? { merge_base: ending.mergeBase, is_partial: ending.partial } : {}),
    })
    .where("id", "=", runId);

const ofPullRequest = (database: Database, ref: PullRequestRef) =>
  database.sql
    .selectFrom("runs")
    .where((where) => where.and(keyOf(ref)))
    .orderBy("started_at", "desc");

const runColumns = [
  "id",
  "installation_id",
  "repository_id",
  "owner",
  "name",
  "number",
  "head_sha",
  "merge_base",
  "request_ids_json",
  "author",
  "state",
  "started_at",
] as const;

const activeRun = (database: Database, ref: PullRequestRef) =>
  ofPullRequest(database, ref).select(runColumns).where("state", "=", "active").limit(1);

const runsOfHead = (database: Database, repositoryId: number, headSha: string) =>
  database.sql
    .selectFrom("runs")
    .select(runColumns)
    .where("repository_id", "=", repositoryId)
    .where("head_sha", "=", headSha)
    .orderBy("started_at", "desc");

const reviewedHeads = (database: Database, ref: PullRequestRef) =>
  ofPullRequest(database, ref).select(["id", "head_sha", "merge_base"]).where("state", "=", "reviewed");
