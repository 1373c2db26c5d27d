import { createDeliveryStore } from "../../src/store/delivery-store.ts";
import type { Database } from "../../src/store/database.ts";
import { createJournalStore } from "../../src/store/journal-store.ts";
import { createLeaseStore } from "../../src/store/lease-store.ts";
import { createRunStore } from "../../src/store/run-store.ts";
import { createWantedStore } from "../../src/store/wanted-store.ts";
import type { Stores } from "../contract/stores.ts";

/** All stores over one database. */
export const storesOver = (database: Database, options: { readonly leaseMs?: number } = {}): Stores => ({
  deliveries: createDeliveryStore(database),
  wanted: createWantedStore(database),
  leases: createLeaseStore(database, options),
  runs: createRunStore(database),
  journal: createJournalStore(database),
});

/** Empties every table of ours. */
export const emptyTables = async (database: Database): Promise<void> => {
  const tables = "deliveries, requests, pull_requests, runs, spending, sentences";
  await database.connection.executeSql(`truncate ${tables} cascade`);
};
