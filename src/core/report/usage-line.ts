import { codeSpan } from "../code-markdown.ts";
import type { EffortOfRun } from "../effort.ts";
import type { ReviewPolicy } from "../policy.ts";
import type { ReviewResult, Usage } from "../run.ts";
import { safeLine } from "../safe-markdown.ts";

/** The small print: commit, model, effort and why, tokens, cost, and how to ask again. */
export const usageLine = ({ headSha, model, usage, effort }: ReviewResult, policy: ReviewPolicy): string => {
  const facts = [
    `Reviewed commit ${codeSpan(headSha)}`,
    model === null ? "no model" : `model ${codeSpan(model)}`,
    ...(effort === null ? [] : [effortText(effort)]),
    ...(usage.calls === 0 ? [] : [tokensText(usage), costText(usage)]),
    `comment ${codeSpan(`${policy.commands.mention} review`)} for another look`,
  ];
  return `<sub>${facts.join(" · ")}</sub>`;
};

const effortText = ({ tier, reasons, bundles }: EffortOfRun): string => {
  const parts = bundles < 2 ? "" : ` in ${bundles} parts`;
  return `effort ${tier}${parts}: ${safeLine(reasons.join(", "), 200)}`;
};

const tokensText = ({ inputTokens, cachedTokens, outputTokens }: Usage): string =>
  `${number(inputTokens)} tokens in (${number(cachedTokens)} cached), ${number(outputTokens)} out`;

const number = (value: number): string => value.toLocaleString("en-US");

/** An unknown price is never shown as nothing. */
const costText = ({ usd }: Usage): string => {
  if (usd === null) return "cost unknown";
  return usd > 0 && usd < 0.01 ? "under $0.01" : `$${usd.toFixed(2)}`;
};
