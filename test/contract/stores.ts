import type { Journal } from "../../src/review/model-ports.ts";
import type { DeliveryStore, LeaseStore, RunStore, WantedStore } from "../../src/review/store-ports.ts";

/** All stores over one state, as the contract suites need them. */
export interface Stores {
  readonly deliveries: DeliveryStore;
  readonly wanted: WantedStore;
  readonly leases: LeaseStore;
  readonly runs: RunStore;
  readonly journal: Journal;
}

/** Opens empty stores whose leases last `leaseMs`. Called once in each test. */
export type OpenStores = (options?: { readonly leaseMs: number }) => Promise<Stores>;
