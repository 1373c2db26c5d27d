import type { Judged, SetGate, Verdict } from "../evidence.ts";
import { precisionOf } from "../precision.ts";
import { byRank } from "../rank.ts";

/** GitHub answers 502 to a review with many more line comments than this. */
const mostLineComments = 30;

/**
 * The best stand on lines, P0 first and beside the cap; what is over the cap goes to the summary. What went there in
 * an earlier review of the same head stays there: asking again is no way to be told the rest, five at a time.
 */
export const rank: SetGate = {
  name: "rank",
  judgeAll: (standing, { policy, overCapBefore }) => {
    const placed = standing.filter((judged) => judged.standing === "line");
    const held = new Set(placed.filter((judged) => isHeldBack(judged, overCapBefore)));
    const onLines = placed.filter((judged) => !held.has(judged)).toSorted(byRank);
    const blockers = onLines.filter(({ candidate }) => candidate.severity === "P0").length;
    const cap = Math.min(blockers + precisionOf(policy).maxComments, mostLineComments);
    const verdicts = new Map(onLines.map((judged, index) => [judged, verdictAt(index, cap)]));
    return standing.map((judged) => verdicts.get(judged) ?? (held.has(judged) ? heldBack : inSummary));
  },
};

/** Nothing holds back a P0. */
const isHeldBack = ({ candidate, evidence }: Judged, before: ReadonlySet<string> | undefined): boolean =>
  candidate.severity !== "P0" && before?.has(evidence.fingerprint) === true;

const heldBack: Verdict = {
  gate: "rank",
  action: "demote",
  reason: "in an earlier review of this commit, and nothing has changed since",
  label: "over the cap",
};

const inSummary: Verdict = { gate: "rank", action: "keep", reason: "stands in the summary" };

const verdictAt = (index: number, cap: number): Verdict => {
  if (index < cap) return { gate: "rank", action: "keep", reason: `number ${index + 1} on lines` };
  return {
    gate: "rank",
    action: "demote",
    reason: `number ${index + 1}, over the cap of ${cap}`,
    label: "over the cap",
  };
};
