import type { SetGate, Verdict } from "../evidence.ts";
import { precisionOf } from "../precision.ts";
import { byRank } from "../rank.ts";

/** GitHub answers 502 to a review with many more line comments than this. */
const mostLineComments = 30;

/** The best stand on lines, P0 first and beside the cap; what is over the cap goes to the summary. */
export const rank: SetGate = {
  name: "rank",
  judgeAll: (standing, { policy }) => {
    const onLines = standing.filter((judged) => judged.standing === "line").toSorted(byRank);
    const blockers = onLines.filter(({ candidate }) => candidate.severity === "P0").length;
    const cap = Math.min(blockers + precisionOf(policy).maxComments, mostLineComments);
    const verdicts = new Map(onLines.map((judged, index) => [judged, verdictAt(index, cap)]));
    return standing.map((judged) => verdicts.get(judged) ?? inSummary);
  },
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
