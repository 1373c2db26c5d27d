import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../../src/review/ports.ts";

export interface HandClock extends Clock {
  /** Ends every sleep, and lets what follows from it happen. */
  readonly tick: () => Promise<void>;
}

/** Sleeps last until `tick`, so that a test says when something that is repeated happens. */
export const createHandClock = (): HandClock => {
  const sleeping = new Set<() => void>();
  return {
    now: () => new Date("2026-03-01T12:00:00Z"),
    sleep: (_ms, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        sleeping.add(resolve);
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      }),
    tick: async () => {
      for (const wake of sleeping) wake();
      sleeping.clear();
      await turn();
    },
  };
};
