import {
  bySeverity,
  findingTable,
  foldedFindings,
  fullFindings,
  unconfirmedFindings,
} from "./report/finding-sections.ts";
import { agentBlock } from "./report/agent-block.ts";
import { coverageSection } from "./report/coverage-section.ts";
import { fitText, room } from "./report/fit-entries.ts";
import { standingSection } from "./report/standing-section.ts";
import { steeringSection } from "./report/steering-section.ts";
import { usageLine } from "./report/usage-line.ts";
import { countOf } from "./count-of.ts";
import type { Finding } from "./finding.ts";
import type { Blobs } from "./finding-place.ts";
import type { ReviewPolicy } from "./policy.ts";
import type { ReviewResult } from "./run.ts";
import { safeLine, safeText } from "./safe-markdown.ts";

export interface SummaryInput {
  readonly result: ReviewResult;
  readonly partial: boolean;
  readonly policy: ReviewPolicy;
  readonly repositoryUrl: string;
}

/** The whole of a review in one text of at most 65,535 characters, without a marker. */
export const summaryBody = (input: SummaryInput): string =>
  join([headSection(input), findingTable(onLines(input.result), blobsOf(input)), ...tailSections(input)]);

/** The summary with every finding in full, for where no line comments stand: a check run alone, or a refused line. */
export const summaryWithFindings = (input: SummaryInput): string =>
  join([headSection(input), fullFindings(onLines(input.result), blobsOf(input)), ...tailSections(input)]);

/** What a later round's review says beside its line comments; the summary comment holds the rest. */
export const shortSummary = (input: SummaryInput): string =>
  join([headSection(input), findingTable(onLines(input.result), blobsOf(input))]);

const tailSections = (input: SummaryInput): readonly string[] => {
  const { result, policy } = input;
  return [
    standingSection(result.standing),
    unconfirmedFindings(result.findings, blobsOf(input)),
    foldedFindings(result.findings, blobsOf(input)),
    coverageSection(result.coverage),
    steeringSection(result.steering),
    agentBlock(result.findings),
    usageLine(result, policy),
  ];
};

const headSection = ({ result, partial }: SummaryInput): string => {
  const notices = result.notices.map(({ text }) => `- ${safeLine(text, 500)}`);
  return join([
    `**${headline(result, partial)}**`,
    verdictText(result.verdict ?? ""),
    fitText(notices, room.notices, { one: "notice", many: "notices", separator: "\n" }),
  ]);
};

/** Making a text safe lengthens it up to sixfold; then less of it is shown, never a torn piece of Markdown. */
const verdictText = (verdict: string): string => {
  const text = safeText(verdict, 1500);
  return text.length <= room.verdict ? text : safeText(verdict, room.verdict / 6);
};

/** "3 findings (1 P1, 2 P2), 2 in the summary alone, 1 from earlier rounds still stands". */
export const headline = (result: ReviewResult, partial: boolean): string => {
  const lines = onLines(result);
  const summary = result.findings.length - lines.length;
  const earlier = result.standing.length;
  const facts = [
    lines.length === 0 ? noneText(result, partial) : `${countOf(lines.length, "finding")} (${bySeverity(lines)})`,
    ...(summary === 0 ? [] : [`${summary} in the summary alone`]),
    ...(earlier === 0 ? [] : [`${earlier} from earlier rounds still ${earlier === 1 ? "stands" : "stand"}`]),
  ];
  return `${partial ? "Partial: " : ""}${facts.join(", ")}`;
};

const noneText = (result: ReviewResult, partial: boolean): string => {
  if (result.standing.length > 0) return "No new findings";
  if (result.findings.length > 0) return "No findings on lines";
  return partial ? "No problems found in what was read" : "No problems found";
};

const onLines = ({ findings }: ReviewResult): readonly Finding[] =>
  findings.filter(({ standing }) => standing === "line");

const blobsOf = ({ result, repositoryUrl }: SummaryInput): Blobs => ({
  repositoryUrl,
  headSha: result.headSha,
  mergeBase: result.mergeBase,
});

const join = (sections: readonly string[]): string => sections.filter((section) => section !== "").join("\n\n");
