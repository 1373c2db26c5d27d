import { codeSpan, suggestionBlock } from "./code-markdown.ts";
import type { Finding } from "./finding.ts";
import { findingMarker } from "./marker.ts";
import { safeLine, safeText } from "./safe-markdown.ts";

/** As long as the schema lets a body be. */
const longestBody = 4000;

/** What stands on a line: the finding, its suggestion, how it was proven, and the marker. */
export const commentBody = (finding: Finding, runId: string): string =>
  [...findingText(finding, longestBody), suggestionOf(finding), foot(finding), markerOf(finding, runId)]
    .filter((part) => part !== "")
    .join("\n\n");

/** The same as an answer in a thread. No suggestion: it would replace the lines of the thread, not the finding's. */
export const replyBody = (finding: Finding, runId: string): string =>
  [...findingText(finding, longestBody), foot(finding), markerOf(finding, runId)].join("\n\n");

/** Title and paragraph, the latter of at most `bodyChars` characters as written. */
export const findingText = ({ candidate }: Finding, bodyChars: number): readonly string[] => [
  `**${candidate.severity} · ${safeLine(candidate.title, 120)}**`,
  safeText(candidate.body, bodyChars),
];

/** The gate `fix` has taken out every replacement that does not fit the lines under the comment. */
const suggestionOf = ({ candidate, anchor, judged }: Finding): string => {
  if (candidate.replacement === null || anchor?.side !== "RIGHT" || judged.evidence.fix?.state !== "fits") return "";
  return suggestionBlock(candidate.replacement);
};

const foot = ({ candidate, proof }: Finding): string => {
  const rule = candidate.rule === null ? [] : [`rule in ${codeSpan(ruleText(candidate.rule))}`];
  const said = [proof === null ? "not confirmed" : safeLine(proof, 200), ...rule, "👍 / 👎 helps"];
  return `<sub>${said.join(" · ")}</sub>`;
};

const ruleText = ({ path, line }: { readonly path: string; readonly line: number | null }): string =>
  line === null ? path : `${path}:${line}`;

const markerOf = ({ fingerprint }: Finding, runId: string): string => findingMarker({ runId, fingerprint });
