import { bootstrap, type Interval } from "./bootstrap.ts";
import { countCase, type Counts } from "./measure.ts";
import { isPosted } from "./cuts.ts";
import type { ScoredCase } from "./score-case.ts";
import { comparedFigures } from "./score-run.ts";

/** One figure of two runs; the difference is B's less A's, its interval over cases that are drawn in pairs. */
interface ComparedFigure {
  readonly name: string;
  readonly digits: number;
  readonly a: number | null;
  readonly b: number | null;
  readonly difference: number | null;
  readonly interval: Interval | null;
}

export interface Comparison {
  /** Cases that both runs have; the others count for nothing here. */
  readonly cases: number;
  readonly left: readonly string[];
  readonly figures: readonly ComparedFigure[];
  readonly byCase: readonly { readonly id: string; readonly a: Counts; readonly b: Counts }[];
}

interface Pair {
  readonly a: ScoredCase;
  readonly b: ScoredCase;
}

/** Holds two runs against each other on the cases that both have. */
export const compareRuns = (a: readonly ScoredCase[], b: readonly ScoredCase[]): Comparison => {
  const ofB = new Map(b.map((one) => [one.id, one]));
  const pairs = a.flatMap((one): readonly Pair[] => {
    const other = ofB.get(one.id);
    return other === undefined ? [] : [{ a: one, b: other }];
  });
  const paired = new Set(pairs.map((pair) => pair.a.id));
  return {
    cases: pairs.length,
    left: [...new Set([...a, ...b].map(({ id }) => id))].filter((id) => !paired.has(id)),
    figures: comparedFigures.map(([name, compute, digits]) => {
      const difference = (some: readonly Pair[]): number | null => {
        const [ofA, ofOther] = [compute(some.map((pair) => pair.a)), compute(some.map((pair) => pair.b))];
        return ofA === null || ofOther === null ? null : ofOther - ofA;
      };
      return {
        name,
        digits,
        a: compute(pairs.map((pair) => pair.a)),
        b: compute(pairs.map((pair) => pair.b)),
        difference: difference(pairs),
        interval: bootstrap(pairs, difference),
      };
    }),
    byCase: pairs.map((pair) => ({
      id: pair.a.id,
      a: countCase(pair.a, isPosted),
      b: countCase(pair.b, isPosted),
    })),
  };
};
