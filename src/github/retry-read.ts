import { OperationalError } from "../review/errors.ts";
import type { Clock } from "../review/ports.ts";

export interface Patience {
  readonly clock: Clock;
  /** 0 ≤ random() < 1, for jitter. */
  readonly random: () => number;
}

const maxRetries = 3;
const firstWaitMs = 500;
/** A longer wait belongs to the queue, which holds no worker meanwhile. */
const longestWaitMs = 30_000;

/** Repeats a read that failed for a passing reason: at most 3 times, waiting longer each time, with jitter. */
export const retryRead = async <T>(attempt: () => Promise<T>, patience: Patience, signal: AbortSignal): Promise<T> => {
  for (let failures = 0; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      const wait = waitMs(error, failures, patience.random());
      if (wait === null) throw error;
      await patience.clock.sleep(wait, signal);
    }
  }
};

const waitMs = (error: unknown, failures: number, random: number): number | null => {
  if (!(error instanceof OperationalError) || !error.retryable || failures >= maxRetries) return null;
  const backoff = firstWaitMs * 2 ** failures * (0.5 + random);
  const wait = (error.retryAfterMs ?? 0) + backoff;
  return wait > longestWaitMs ? null : Math.round(wait);
};
