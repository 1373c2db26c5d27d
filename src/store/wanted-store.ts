import { z } from "zod";
import type { PullRequestRef } from "../core/pull-request.ts";
import { triggers, type ReviewRequest } from "../core/request.ts";
import type { SqlConnection, WantedStore } from "../review/store-ports.ts";
import { answerQuery } from "./answer-query.ts";
import type { Database } from "./database.ts";
import { keyOf } from "./pull-request-row.ts";
import { readRows, runQuery } from "./run-query.ts";
import { storableText } from "./storable-text.ts";

const requestSchema: z.ZodType<ReviewRequest> = z.object({
  id: z.string(),
  trigger: z.enum(triggers),
  headSha: z.string().nullable(),
  focus: z.string().nullable(),
  mode: z.enum(["review", "security"]),
  requester: z.string().nullable(),
  source: z
    .object({ kind: z.enum(["issue_comment", "review_comment", "review"]), id: z.int(), nodeId: z.string() })
    .nullable(),
  receivedAt: z.iso.datetime().transform((text) => new Date(text)),
});

const requestRow = z
  .object({ request_json: z.string() })
  .transform(({ request_json }) => requestSchema.parse(JSON.parse(request_json)));

/** Requests that an event made by itself; commands, re-runs and manual ones are somebody's word. */
const automaticTriggers = ["opened", "reopened", "ready_for_review", "synchronize", "base_changed"];

/** What is wanted of each pull request: its unanswered requests. */
export const createWantedStore = (database: Database): WantedStore => ({
  unanswered: (ref) => readRows(database.connection, openRequests(database, ref), requestRow),
  authorize: (requestId, connection) => authorize(database, requestId, connection),
  answer: async (requestIds, answer) => {
    if (requestIds.length === 0) return;
    await runQuery(database.connection, answerQuery(database, requestIds, answer));
  },
  cancelAutomatic: async (ref, note) => {
    const query = database.sql
      .updateTable("requests")
      .set({ answered_at: new Date(), answer_note: storableText(note) })
      .where((where) => where.and(keyOf(ref)))
      .where("trigger", "in", automaticTriggers)
      .where("answered_at", "is", null);
    await runQuery(database.connection, query);
  },
});

/** Unanswered requests that somebody was allowed to make, oldest first. */
const openRequests = (database: Database, ref: PullRequestRef) =>
  database.sql
    .selectFrom("requests")
    .select("request_json")
    .where((where) => where.and(keyOf(ref)))
    .where("answered_at", "is", null)
    .where("authorized", "=", true)
    .orderBy("received_at")
    .orderBy("position");

/** An authorized request becomes wanted, so it takes the pull request's row first, as a new one does. */
const authorize = async (database: Database, requestId: string, connection: SqlConnection): Promise<void> => {
  const lock = database.sql
    .selectFrom("pull_requests")
    .innerJoin("requests", (join) =>
      join
        .onRef("requests.repository_id", "=", "pull_requests.repository_id")
        .onRef("requests.number", "=", "pull_requests.number"),
    )
    .select("pull_requests.number")
    .where("requests.id", "=", requestId)
    .forUpdate("pull_requests");
  await runQuery(connection, lock);
  const query = database.sql.updateTable("requests").set({ authorized: true }).where("id", "=", requestId);
  await runQuery(connection, query);
};
