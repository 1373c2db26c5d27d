import { codeSpan } from "../code-markdown.ts";
import type { ReviewPolicy } from "../policy.ts";
import type { ReviewResult, Usage } from "../run.ts";

/** The small print: commit, model, tokens, cost, and how to ask again. */
export const usageLine = ({ headSha, model, usage }: ReviewResult, policy: ReviewPolicy): string => {
  const facts = [
    `Reviewed commit ${codeSpan(headSha)}`,
    model === null ? "no model" : `model ${codeSpan(model)}`,
    ...(usage.calls === 0 ? [] : [tokensText(usage), costText(usage)]),
    `comment ${codeSpan(`${policy.commands.mention} review`)} for another look`,
  ];
  return `<sub>${facts.join(" · ")}</sub>`;
};

const tokensText = ({ inputTokens, cachedTokens, outputTokens }: Usage): string =>
  `${number(inputTokens)} tokens in (${number(cachedTokens)} cached), ${number(outputTokens)} out`;

const number = (value: number): string => value.toLocaleString("en-US");

/** An unknown price is never shown as nothing. */
const costText = ({ usd }: Usage): string => {
  if (usd === null) return "cost unknown";
  return usd > 0 && usd < 0.01 ? "under $0.01" : `$${usd.toFixed(2)}`;
};
