import type { Clock } from "../../src/review/ports.ts";

export interface FakeClock extends Clock {
  /** Every sleep so far, in milliseconds. */
  readonly slept: readonly number[];
  readonly advance: (ms: number) => void;
}

/** Time that passes only when somebody sleeps or says so; sleeping takes no real time. */
export const createFakeClock = (start: Date = new Date("2026-03-01T12:00:00Z")): FakeClock => {
  let now = start.getTime();
  const slept: number[] = [];
  return {
    slept,
    now: () => new Date(now),
    advance: (ms) => {
      now += ms;
    },
    sleep: async (ms, signal) => {
      signal.throwIfAborted();
      slept.push(ms);
      now += ms;
    },
  };
};
