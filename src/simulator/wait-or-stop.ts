import { setTimeout as sleep } from "node:timers/promises";

/** Resolves after `ms`, or at once when the simulator stops. */
export const waitOrStop = (ms: number, stopped: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal: stopped }).catch((error: unknown) => {
    if (!stopped.aborted) throw error;
  });
