import { afterAll, beforeAll, describe } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { deliveryStoreContract } from "../contract/delivery-store.ts";
import { journalContract } from "../contract/journal.ts";
import { leaseStoreContract } from "../contract/lease-store.ts";
import { runStoreContract } from "../contract/run-store.ts";
import type { OpenStores } from "../contract/stores.ts";
import { wantedStoreContract } from "../contract/wanted-store.ts";
import { createFakeStore } from "../fakes/fake-store.ts";
import { storesUnderTest } from "../setup/stores.ts";
import { emptyTables, storesOver } from "./open-stores.ts";

const contracts = (open: OpenStores): void => {
  describe("deliveries", () => {
    deliveryStoreContract(open);
  });
  describe("wanted", () => {
    wantedStoreContract(open);
  });
  describe("leases", () => {
    leaseStoreContract(open);
  });
  describe("runs", () => {
    runStoreContract(open);
  });
  describe("journal", () => {
    journalContract(open);
  });
};

describe("in memory", () => {
  contracts(async (options) => createFakeStore(options));
});

describe.each(storesUnderTest())("on $name", ({ open }) => {
  let database: Database;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ database, close } = await open());
  });
  afterAll(() => close());

  contracts(async (options) => {
    await emptyTables(database);
    return storesOver(database, options);
  });
});
