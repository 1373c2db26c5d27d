import type { Usage } from "./run.ts";

/**
 * What a conversation, or several that share it, may use. `tokens` counts input and output of every call, cached or
 * not; `usd` binds only where prices are known, null means no limit of its own.
 */
export interface Budget {
  readonly turns: number;
  readonly tokens: number;
  readonly seconds: number;
  readonly usd: number | null;
}

export interface Spent {
  readonly turns: number;
  readonly seconds: number;
  readonly usage: Usage;
}

/** Which limit is reached, in words for a notice; null while none is. */
export const reachedLimit = (budget: Budget, spent: Spent): string | null =>
  sharesOf(budget, spent).find(({ share }) => share >= 1)?.limit ?? null;

/** What is left, in words for the model, once it is time to come to an end; null before that. */
export const nearLimit = (budget: Budget, spent: Spent): string | null => {
  const turnsLeft = budget.turns - spent.turns;
  if (turnsLeft <= 2 && budget.turns > 2) return turnsLeft === 1 ? "1 turn is left" : `${turnsLeft} turns are left`;
  const near = sharesOf(budget, spent).find(({ share }) => share >= nearShare);
  return near === undefined ? null : `${Math.floor(near.share * 100)} % of ${near.limit} is spent`;
};

const nearShare = 0.8;

const sharesOf = (budget: Budget, { turns, seconds, usage }: Spent): readonly { share: number; limit: string }[] => [
  { share: shareOf(turns, budget.turns), limit: `the budget of ${budget.turns} turns` },
  { share: shareOf(tokensOf(usage), budget.tokens), limit: `the budget of ${budget.tokens} tokens` },
  { share: shareOf(seconds, budget.seconds), limit: `the budget of ${Math.round(budget.seconds)} seconds` },
  { share: usdShare(budget.usd, usage.usd), limit: `the budget of ${budget.usd} US dollars` },
];

const tokensOf = (usage: Usage): number => usage.inputTokens + usage.outputTokens;

const usdShare = (limit: number | null, usd: number | null): number =>
  limit === null || usd === null ? 0 : shareOf(usd, limit);

/** A budget of nothing is spent before the start. */
const shareOf = (spent: number, limit: number): number => (limit <= 0 ? 1 : spent / limit);

/** Both usages together; the cost of the sum is known only where both costs are. */
export const addUsage = (a: Usage, b: Usage): Usage => ({
  calls: a.calls + b.calls,
  inputTokens: a.inputTokens + b.inputTokens,
  cachedTokens: a.cachedTokens + b.cachedTokens,
  outputTokens: a.outputTokens + b.outputTokens,
  usd: a.usd === null || b.usd === null ? null : a.usd + b.usd,
});
