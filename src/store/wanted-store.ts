import { z } from "zod";
import type { PullRequestRef } from "../core/pull-request.ts";
import { triggers, type ReviewRequest } from "../core/request.ts";
import type { WantedStore } from "../review/store-ports.ts";
import { answerQuery } from "./answer-query.ts";
import type { Database } from "./database.ts";
import { keyOf } from "./pull-request-row.ts";
import { readRows, runQuery } from "./run-query.ts";

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

/** What is wanted of each pull request: its unanswered requests. */
export const createWantedStore = (database: Database): WantedStore => ({
  unanswered: (ref) => readRows(database.connection, openRequests(database, ref), requestRow),
  answer: async (requestIds, answer) => {
    if (requestIds.length === 0) return;
    await runQuery(database.connection, answerQuery(database, requestIds, answer));
  },
});

/** Unanswered requests, oldest first. */
const openRequests = (database: Database, ref: PullRequestRef) =>
  database.sql
    .selectFrom("requests")
    .select("request_json")
    .where((where) => where.and(keyOf(ref)))
    .where("answered_at", "is", null)
    .orderBy("received_at")
    .orderBy("position");
