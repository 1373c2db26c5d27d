import type { LedgerRow, RunStore } from "../review/store-ports.ts";

/** A ledger for one command's lifetime: what it does not finish is found again by its markers. */
export const createMemoryLedger = (): Pick<RunStore, "ledger" | "writeLedger"> => {
  const rows = new Map<string, LedgerRow>();
  return {
    ledger: () => Promise.resolve([...rows.values()]),
    writeLedger: (_runId, row) => {
      rows.set(row.key, row);
      return Promise.resolve();
    },
  };
};
