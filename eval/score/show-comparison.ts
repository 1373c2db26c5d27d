import type { Comparison } from "./compare-runs.ts";
import type { Counts } from "./measure.ts";
import { showNumber, table } from "./show-scores.ts";

/** Two runs side by side, as Markdown. */
export const showComparison = ({ cases, left, figures, byCase }: Comparison): string =>
  [
    `${cases} cases that both runs have.${left.length === 0 ? "" : ` Left out: ${left.join(", ")}.`}`,
    table(
      ["figure", "A", "B", "B - A", "95 % interval"],
      figures.map(({ name, a, b, difference, interval, digits }) => [
        name,
        showNumber(a, digits),
        showNumber(b, digits),
        showNumber(difference, digits),
        interval === null ? "" : `${showNumber(interval.low, digits)} to ${showNumber(interval.high, digits)}`,
      ]),
    ),
    "For each case: right of posted comments, and known defects found.",
    table(
      ["case", "A", "B"],
      byCase.map(({ id, a, b }) => [id, showCounts(a), showCounts(b)]),
    ),
  ].join("\n\n") + "\n";

const showCounts = ({ claims, judged, right, known, found }: Counts): string =>
  `${right}/${claims}${judged < claims ? ` (${claims - judged} not judged)` : ""}, ${found}/${known}`;
