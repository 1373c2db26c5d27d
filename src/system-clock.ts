import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "./review/ports.ts";

/** The machine's clock. `sleep` rejects with the signal's own reason. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    signal.throwIfAborted();
    try {
      await sleep(ms, undefined, { signal });
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    }
  },
};
