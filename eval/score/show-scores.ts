import type { Cut } from "./cuts.ts";
import { f1Of, precisionOf, recallOf } from "./measure.ts";
import type { Figure, Scores } from "./score-run.ts";

/** The scores as Markdown, for the terminal and for docs/quality.md. */
export const showScores = (scores: Scores): string =>
  [
    table(["figure", "value", "95 % interval"], figureRows(scores)),
    "On lines after each gate:",
    cutTable(scores.byGate),
    "Posted, by the comments' own severity:",
    cutTable(scores.postedBySeverity),
    "Claimed, by severity, before any gate:",
    cutTable(scores.claimedBySeverity),
  ].join("\n\n") + "\n";

/** Every figure with a name in words, in the order in which they are shown. */
export const namedFigures = (scores: Scores): readonly (readonly [name: string, figure: Figure, digits: number])[] => [
  ["precision", scores.precision, 2],
  ["recall of known P0-P2", scores.recall, 2],
  ["F1", scores.f1, 2],
  ["recall with folded findings", scores.recallWithFolded, 2],
  ["within 3 lines, of comments that mean a known defect", scores.lineAccuracy, 2],
  ["on its very lines", scores.onTheLines, 2],
  ["comments per pull request", scores.commentsPerCase, 2],
  ["folded findings per pull request", scores.foldedPerCase, 2],
  ["comments on valid lines", scores.validLines, 2],
  ["suggestions that apply", scores.suggestionsApply, 2],
  ["suggestions that parse", scores.suggestionsParse, 2],
  ["tokens per pull request", scores.tokensPerCase, 0],
  ["seconds per pull request", scores.secondsPerCase, 0],
  ["US dollars per pull request", scores.usdPerCase, 3],
];

const figureRows = (scores: Scores): readonly (readonly string[])[] => [
  ["cases (clean)", `${scores.cases} (${scores.cleanCases})`, ""],
  ["comments posted, judged, right", [scores.posted.claims, scores.posted.judged, scores.posted.right].join(", "), ""],
  ["known defects, found", `${scores.posted.known}, ${scores.posted.found}`, ""],
  ...namedFigures(scores).map(([name, { value, interval }, digits]) => [
    name,
    showNumber(value, digits),
    interval === null ? "" : `${showNumber(interval.low, digits)}-${showNumber(interval.high, digits)}`,
  ]),
  ["clean cases with comments", String(scores.cleanCasesWithComments), ""],
  ["false alarms on clean cases", String(scores.falseAlarmsOnClean), ""],
  ["suggestions", String(scores.suggestions), ""],
  ...Object.entries(scores.worth).map(([worth, count]) => [`comments judged "${worth}"`, String(count), ""]),
];

/** "-" for what is not known. */
export const showNumber = (value: number | null, digits: number): string => value?.toFixed(digits) ?? "-";

const cutTable = (cuts: readonly Cut[]): string =>
  table(
    ["cut", "claims", "judged", "right", "precision", "recall", "F1"],
    cuts.map(({ name, counts }) => [
      name,
      String(counts.claims),
      String(counts.judged),
      String(counts.right),
      showNumber(precisionOf(counts), 2),
      showNumber(recallOf(counts), 2),
      showNumber(f1Of(counts), 2),
    ]),
  );

/** A Markdown table with columns of one width. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0), 3));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
};
