import type { SqlConnection } from "../review/store-ports.ts";
import type { Database } from "./database.ts";
import { runQuery } from "./run-query.ts";

/**
 * Deletes what is known of a repository: runs with all that hangs on them, requests, leases, and the payloads of its
 * deliveries. Their GUIDs stay, so that a delivery that GitHub sends again is still known.
 */
export const forgetRepository = (database: Database, repositoryId: number): Promise<void> =>
  database.transaction(async (connection) => {
    for (const table of ["runs", "requests", "sentences", "pull_requests"] as const) {
      await runQuery(connection, database.sql.deleteFrom(table).where("repository_id", "=", repositoryId));
    }
    const payloads = database.sql.updateTable("deliveries").set({ payload: null });
    await runQuery(connection, payloads.where("repository_id", "=", repositoryId));
  });

const dayMs = 24 * 60 * 60 * 1000;

/** GitHub redelivers within three days (https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks), and a GUID must be known that long. */
const leastDaysOfGuids = 7;

/** A daily budget looks back one day. */
const leastDaysOfSpending = 2;

/**
 * Deletes the traces of finished runs, answered requests and handled deliveries that are older than `days`. A run's
 * row and ledger stay: an open pull request must know for as long as it lives which heads were reviewed.
 */
export const deleteOlderThan = (
  database: Database,
  limit: { readonly days: number; readonly now: Date },
): Promise<void> => {
  const before = (days: number): Date => new Date(limit.now.getTime() - days * dayMs);
  return database.transaction(async (connection) => {
    await deleteTraces(database, before(limit.days), connection);
    const requests = database.sql.deleteFrom("requests").where("answered_at", "<", before(limit.days));
    await runQuery(connection, requests);
    const payloads = database.sql.updateTable("deliveries").set({ payload: null }).where("payload", "is not", null);
    await runQuery(connection, payloads.where("handled_at", "<", before(limit.days)));
    const guids = database.sql.deleteFrom("deliveries").where("payload", "is", null);
    await runQuery(connection, guids.where("received_at", "<", before(Math.max(limit.days, leastDaysOfGuids))));
    const spending = database.sql.deleteFrom("spending");
    await runQuery(connection, spending.where("spent_at", "<", before(Math.max(limit.days, leastDaysOfSpending))));
  });
};

const deleteTraces = async (database: Database, before: Date, connection: SqlConnection): Promise<void> => {
  const finished = database.sql.selectFrom("runs").select("id").where("finished_at", "<", before);
  for (const table of ["stage_results", "candidates", "journal"] as const) {
    await runQuery(connection, database.sql.deleteFrom(table).where("run_id", "in", finished));
  }
};
