import type { ScoredCase, ScoredClaim } from "./score-case.ts";

/** Counts from which every share is made; of one case or summed over many. */
export interface Counts {
  readonly claims: number;
  readonly judged: number;
  readonly right: number;
  /** Known defects that count, and how many of them a claim found. */
  readonly known: number;
  readonly found: number;
}

const nothing: Counts = { claims: 0, judged: 0, right: 0, known: 0, found: 0 };

/** Counts the claims that `pick` takes. */
export const countCase = (scored: ScoredCase, pick: (claim: ScoredClaim) => boolean): Counts => {
  const picked = scored.claims.filter(pick);
  const matched = new Set(picked.flatMap(({ matches }) => matches));
  return {
    claims: picked.length,
    judged: picked.filter(({ right }) => right !== null).length,
    right: picked.filter(({ right }) => right === true).length,
    known: scored.counted.length,
    found: scored.counted.filter(({ id }) => matched.has(id)).length,
  };
};

export const addCounts = (all: readonly Counts[]): Counts =>
  all.reduce(
    (sum, one) => ({
      claims: sum.claims + one.claims,
      judged: sum.judged + one.judged,
      right: sum.right + one.right,
      known: sum.known + one.known,
      found: sum.found + one.found,
    }),
    nothing,
  );

/** Right claims of the judged ones; null where none is judged. */
export const precisionOf = ({ right, judged }: Counts): number | null => share(right, judged);
export const recallOf = ({ found, known }: Counts): number | null => share(found, known);

/** The harmonic mean of both. */
export const f1Of = (counts: Counts): number | null => {
  const [precision, recall] = [precisionOf(counts), recallOf(counts)];
  if (precision === null || recall === null) return null;
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
};

/** Null, and not 0, of nothing. */
export const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
