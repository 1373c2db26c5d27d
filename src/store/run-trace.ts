import { z } from "zod";
import type { Judged } from "../core/evidence.ts";
import type { LedgerRow, RunStore } from "../review/store-ports.ts";
import type { Database } from "./database.ts";
import { readRows, runQuery } from "./run-query.ts";

const ledgerRow = z
  .object({
    key: z.string(),
    state: z.enum(["planned", "sent", "confirmed", "unknown"]),
    remote_id: z.string().nullable(),
  })
  .transform(({ key, state, remote_id: remoteId }): LedgerRow => ({ key, state, remoteId }));

const stageRow = z.object({ result_json: z.string() }).transform((row): unknown => JSON.parse(row.result_json));

type RunTrace = Pick<RunStore, "writeStage" | "readStage" | "writeCandidates" | "ledger" | "writeLedger">;

/** What a run leaves behind: its stages' results, its candidates, and the ledger of its writes. */
export const createRunTrace = (database: Database): RunTrace => ({
  writeStage: async (runId, stage, result) => {
    const content = { result_json: JSON.stringify(result ?? null) };
    const query = database.sql
      .insertInto("stage_results")
      .values({ run_id: runId, stage, ...content })
      .onConflict((conflict) => conflict.columns(["run_id", "stage"]).doUpdateSet(content));
    await runQuery(database.connection, query);
  },
  readStage: async (runId, stage) => {
    const query = database.sql
      .selectFrom("stage_results")
      .select("result_json")
      .where((where) => where.and({ run_id: runId, stage }));
    return (await readRows(database.connection, query, stageRow))[0] ?? null;
  },
  writeCandidates: (runId, judged) => writeCandidates(database, runId, judged),
  ledger: (runId) => {
    const query = database.sql.selectFrom("ledger").select(["key", "state", "remote_id"]).where("run_id", "=", runId);
    return readRows(database.connection, query.orderBy("position"), ledgerRow);
  },
  writeLedger: async (runId, row) => {
    const content = { state: row.state, remote_id: row.remoteId };
    const query = database.sql
      .insertInto("ledger")
      .values({ run_id: runId, key: row.key, ...content })
      .onConflict((conflict) => conflict.columns(["run_id", "key"]).doUpdateSet(content));
    await runQuery(database.connection, query);
  },
});

/** A statement takes at most 65,535 parameters, and a candidate needs four. */
const candidatesPerStatement = 1_000;

/** The candidates of a run that was taken up again take the place of those it left. */
const writeCandidates = (database: Database, runId: string, judged: readonly Judged[]): Promise<void> =>
  database.transaction(async (connection) => {
    await runQuery(connection, database.sql.deleteFrom("candidates").where("run_id", "=", runId));
    const rows = judged.map((one, position) => ({
      run_id: runId,
      position,
      standing: one.standing,
      judged_json: JSON.stringify(one),
    }));
    for (let from = 0; from < rows.length; from += candidatesPerStatement) {
      const some = rows.slice(from, from + candidatesPerStatement);
      await runQuery(connection, database.sql.insertInto("candidates").values(some));
    }
  });
