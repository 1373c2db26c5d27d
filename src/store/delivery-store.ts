import { z } from "zod";
import type { Delivery, DeliveryStore, SqlConnection, WantedInput } from "../review/store-ports.ts";
import type { Database } from "./database.ts";
import { upsertPullRequest } from "./pull-request-row.ts";
import { readRows, runQuery } from "./run-query.ts";

const deliveryRow = z
  .object({
    guid: z.string(),
    event: z.string(),
    action: z.string().nullable(),
    payload: z.string(),
    received_at: z.date(),
  })
  .transform(({ received_at: receivedAt, ...row }): Delivery => ({ ...row, receivedAt }));

const payloadSchema = z.looseObject({ repository: z.looseObject({ id: z.int() }).optional() });

/** Read from the payload here, so that a forgotten repository's deliveries are found without parsing them all. */
const repositoryIdOf = (payload: string): number | null =>
  payloadSchema.parse(JSON.parse(payload)).repository?.id ?? null;

/** Deliveries by their GUID, and what each of them wants, written in one transaction. */
export const createDeliveryStore = (database: Database): DeliveryStore => ({
  transaction: database.transaction,
  insertDelivery: (delivery, connection) => insertDelivery(database, delivery, connection),
  insertWanted: (wanted, connection) => insertWanted(database, wanted, connection),
  readDelivery: async (guid) => {
    const query = database.sql
      .selectFrom("deliveries")
      .select(["guid", "event", "action", "payload", "received_at"])
      .where("guid", "=", guid)
      .where("payload", "is not", null);
    return (await readRows(database.connection, query, deliveryRow))[0] ?? null;
  },
  markHandled: async (guid) => {
    const query = database.sql.updateTable("deliveries").set({ handled_at: new Date() }).where("guid", "=", guid);
    await runQuery(database.connection, query);
  },
});

const insertDelivery = async (database: Database, delivery: Delivery, connection: SqlConnection): Promise<boolean> => {
  const { receivedAt, payload, ...columns } = delivery;
  const query = database.sql
    .insertInto("deliveries")
    .values({ ...columns, payload, repository_id: repositoryIdOf(payload), received_at: receivedAt })
    .onConflict((conflict) => conflict.column("guid").doNothing())
    .returning("guid");
  return (await runQuery(connection, query)) > 0;
};

/** The pull request's row comes first: its lock is what `LeaseStore.releaseIfIdle` waits for. */
const insertWanted = async (database: Database, wanted: WantedInput, connection: SqlConnection): Promise<void> => {
  const { pullRequest, request } = wanted;
  await runQuery(connection, upsertPullRequest(database, pullRequest));
  const query = database.sql
    .insertInto("requests")
    .values({
      id: request.id,
      repository_id: pullRequest.repositoryId,
      number: pullRequest.number,
      trigger: request.trigger,
      received_at: request.receivedAt,
      request_json: JSON.stringify(request),
    })
    .onConflict((conflict) => conflict.column("id").doNothing());
  await runQuery(connection, query);
};
