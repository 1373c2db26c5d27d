import { severities } from "../../src/core/candidate.ts";
import type { EvalCandidate } from "../run/result.ts";
import { addCounts, countCase, type Counts } from "./measure.ts";
import type { ScoredCase, ScoredClaim } from "./score-case.ts";

/** A row of a table of cuts: what is left, and what that is worth. */
export interface Cut {
  readonly name: string;
  readonly counts: Counts;
}

const countAll = (cases: readonly ScoredCase[], pick: (claim: ScoredClaim) => boolean): Counts =>
  addCounts(cases.map((one) => countCase(one, pick)));

export const isPosted = ({ candidate }: Pick<ScoredClaim, "candidate">): boolean => candidate.standing === "line";
export const isFolded = ({ candidate }: Pick<ScoredClaim, "candidate">): boolean => candidate.standing === "summary";

/** What would stand on lines after each gate in turn, from all that was claimed to what was posted. */
export const cutsByGate = (cases: readonly ScoredCase[]): readonly Cut[] => {
  const gates = gateOrder(cases);
  return [
    { name: "claimed", counts: countAll(cases, () => true) },
    ...gates.map((gate, index) => ({
      name: `after ${gate}`,
      counts: countAll(cases, ({ candidate }) => standsAfter(candidate, new Set(gates.slice(0, index + 1)))),
    })),
  ];
};

/** Every gate that said anything, in the order in which they speak. */
const gateOrder = (cases: readonly ScoredCase[]): readonly string[] => {
  const longest = cases
    .flatMap(({ claims }) => claims)
    .map(({ candidate }) => candidate.verdicts)
    .toSorted((a, b) => b.length - a.length);
  return [...new Set(longest.flatMap((verdicts) => verdicts.map(({ gate }) => gate)))];
};

/** On a line still: none of these gates has demoted or dropped it. */
const standsAfter = ({ verdicts }: EvalCandidate, gates: ReadonlySet<string>): boolean =>
  verdicts.every(({ gate, action }) => action === "keep" || !gates.has(gate));

/** What would be left by the claims' own severity: P0 alone, P0-P1, and so on. */
export const cutsBySeverity = (cases: readonly ScoredCase[], pick: (claim: ScoredClaim) => boolean): readonly Cut[] =>
  severities.map((least, index) => {
    const taken: readonly string[] = severities.slice(0, index + 1);
    const names = { P0: "P0", P1: "P0-P1", P2: "P0-P2", P3: "all" } as const;
    const counts = countAll(cases, (claim) => pick(claim) && taken.includes(claim.candidate.severity));
    return { name: names[least], counts };
  });
