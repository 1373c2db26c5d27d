import { severities, type Candidate } from "../candidate.ts";
import type { Judged, SetGate, Verdict } from "../evidence.ts";
import { rangesOverlap } from "../range-of.ts";
import { claimOf, isSameDefect, type Claim } from "../same-defect.ts";

/**
 * The same defect twice in one run: the one that is better proven, or more severe, stands for the others. Where they
 * stand at other places of the file, it says so.
 */
export const merge: SetGate = {
  name: "merge",
  judgeAll: (standing) => {
    const groups = groupClaims(standing.map(claimOf).toSorted(byWorth));
    const verdicts = new Map(groups.flatMap((group) => verdictsOf(group)));
    return standing.map((judged) => verdicts.get(judged) ?? alone);
  },
};

const alone: Verdict = { gate: "merge", action: "keep", reason: "nothing else in this run says the same" };

interface Group {
  readonly best: Claim;
  readonly others: readonly Claim[];
}

/** Claims come best first, so the first of a group is the one that stays. Only one file's claims are compared. */
const groupClaims = (claims: readonly Claim[]): readonly Group[] =>
  [...Map.groupBy(claims, (claim) => claim.judged.candidate.path).values()].flatMap(groupOneFile);

const groupOneFile = (claims: readonly Claim[]): readonly Group[] => {
  const groups: { best: Claim; others: Claim[] }[] = [];
  for (const claim of claims) {
    const group = groups.find(({ best }) => isSameDefect(best, claim));
    if (group === undefined) groups.push({ best: claim, others: [] });
    else group.others.push(claim);
  }
  return groups;
};

const verdictsOf = ({ best, others }: Group): readonly (readonly [Judged, Verdict])[] => {
  if (others.length === 0) return [];
  const dropped = others.map((other): readonly [Judged, Verdict] => [
    other.judged,
    {
      gate: "merge",
      action: "drop",
      reason: `says the same as "${best.judged.candidate.title}" (${best.judged.candidate.id})`,
    },
  ]);
  return [[best.judged, keepBest(best, others)], ...dropped];
};

const keepBest = (best: Claim, others: readonly Claim[]): Verdict => {
  const reason = `stands for ${others.length} more that say the same`;
  const lines = others.flatMap(({ range }) =>
    range === null || rangesOverlap(range, best.range) ? [] : [range.startLine],
  );
  if (lines.length === 0) return { gate: "merge", action: "keep", reason };
  return { gate: "merge", action: "keep", reason, amend: withOtherPlaces(best.judged.candidate, lines) };
};

const shownPlaces = 5;

const withOtherPlaces = (candidate: Candidate, lines: readonly number[]): Candidate => {
  const sorted = [...new Set(lines)].toSorted((a, b) => a - b);
  const more = sorted.length > shownPlaces ? ` and ${sorted.length - shownPlaces} more` : "";
  const note = `The same stands on line ${sorted.slice(0, shownPlaces).join(", ")}${more}.`;
  return { ...candidate, body: `${candidate.body}\n\n${note}` };
};

const byWorth = (a: Claim, b: Claim): number => {
  const [x, y] = [a.judged, b.judged];
  return (
    rankOf(["line", "summary", "dropped"], x.standing, y.standing) ||
    rankOf(["rule", "agent"], x.candidate.origin.kind, y.candidate.origin.kind) ||
    rankOf(severities, x.candidate.severity, y.candidate.severity) ||
    y.candidate.confidence - x.candidate.confidence
  );
};

const rankOf = <T>(order: readonly T[], a: T, b: T): number => order.indexOf(a) - order.indexOf(b);
