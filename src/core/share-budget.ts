import type { Budget } from "./budget.ts";

/**
 * The part of a budget that belongs to one of several readers: half of it in equal parts, half by weight, so that a
 * small part is still enough to come to an end. Turns are no common good: each reader has its own, but fewer where
 * there are many readers. Seconds stay as they are.
 */
export const shareBudget = (budget: Budget, weights: readonly number[], index: number): Budget => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const byWeight = total === 0 ? 1 / weights.length : (weights[index] ?? 0) / total;
  const share = 0.5 / weights.length + 0.5 * byWeight;
  return {
    ...budget,
    turns: Math.min(budget.turns, Math.max(leastTurns, Math.ceil(budget.turns * share * 2))),
    tokens: Math.floor(budget.tokens * share),
    usd: budget.usd === null ? null : budget.usd * share,
  };
};

const leastTurns = 12;
