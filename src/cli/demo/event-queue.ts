import { OperationalError } from "../../review/errors.ts";
import type { RunEvent } from "../../review/observe.ts";

export interface EventQueue {
  readonly push: (event: RunEvent) => void;
  /** The oldest event that nobody took; throws an OperationalError where none comes in time. For one reader. */
  readonly next: (seconds: number) => Promise<RunEvent>;
}

/** Keeps what runs tell until the demo is ready to show it. An abort ends the waiting with the signal's reason. */
export const createEventQueue = (signal: AbortSignal): EventQueue => {
  const kept: RunEvent[] = [];
  let wake: (() => void) | null = null;
  const arrival = async (seconds: number): Promise<void> => {
    const late = new OperationalError(`nothing happened for ${seconds} seconds; app.log may say why`, {
      retryable: false,
    });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => reject(late), seconds * 1000);
    const interrupt = (): void => reject(signal.reason);
    signal.addEventListener("abort", interrupt);
    wake = resolve;
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", interrupt);
    }
  };
  return {
    push: (event) => {
      kept.push(event);
      wake?.();
    },
    next: async (seconds) => {
      for (;;) {
        signal.throwIfAborted();
        const event = kept.shift();
        if (event !== undefined) return event;
        await arrival(seconds);
      }
    },
  };
};
