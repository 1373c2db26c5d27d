export interface Interval {
  readonly low: number;
  readonly high: number;
}

const rounds = 2000;
const seed = 20_261_123;

/**
 * The 95 % interval of a figure over cases: the cases are drawn anew with replacement, always by the same seed, and the
 * figure is computed of each drawing. Drawings of which it is nothing are left out; null where all are.
 */
export const bootstrap = <T>(cases: readonly T[], figure: (drawn: readonly T[]) => number | null): Interval | null => {
  const random = mulberry32(seed);
  const values = Array.from({ length: cases.length === 0 ? 0 : rounds }, () => figure(draw(cases, random)))
    .filter((value) => value !== null)
    .toSorted((a, b) => a - b);
  const [low, high] = [quantile(values, 0.025), quantile(values, 0.975)];
  return low === null || high === null ? null : { low, high };
};

const draw = <T>(cases: readonly T[], random: () => number): readonly T[] =>
  cases.flatMap(() => cases.slice(Math.floor(random() * cases.length)).slice(0, 1));

/** The nearest value at or above the share. */
const quantile = (sorted: readonly number[], at: number): number | null =>
  sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? null;

/** A small generator of numbers in [0, 1) with a period of 2^32: https://github.com/cprosche/mulberry32 */
const mulberry32 = (start: number): (() => number) => {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
