import { ModelError } from "../review/errors.ts";
import type { Clock } from "../review/ports.ts";

export interface RetryDeps {
  readonly clock: Clock;
  /** A number from 0 to 1 for the jitter. */
  readonly random: () => number;
  /** Told of each wait, in words without secrets. */
  readonly onRetry: (note: string) => void;
}

const tries = 4;
const firstWaitMs = 1000;
/** A server that asks for more than this is better asked by a later attempt of the whole job. */
const longestWaitMs = 60_000;

/** Calls up to four times while the model is unavailable, waiting as the server says, else 1, 2, 4 s with jitter. */
export const retryCall = async <T>(call: () => Promise<T>, deps: RetryDeps, signal: AbortSignal): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const waitMs = error instanceof ModelError ? waitAfter(error, attempt, deps.random()) : null;
      if (waitMs === null) throw error;
      deps.onRetry(`${String(error)}; trying again in ${Math.round(waitMs / 100) / 10} s`);
      await deps.clock.sleep(waitMs, signal);
    }
  }
};

const waitAfter = (error: ModelError, attempt: number, jitter: number): number | null => {
  if (!error.retryable || attempt >= tries) return null;
  const wait = (error.retryAfterMs ?? firstWaitMs * 2 ** (attempt - 1)) * (1 + jitter / 4);
  return wait > longestWaitMs ? null : wait;
};
