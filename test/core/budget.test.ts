import { describe, expect, it } from "vitest";
import { addUsage, nearLimit, reachedLimit, type Spent } from "../../src/core/budget.ts";
import { noUsage } from "../../src/core/run.ts";

const budget = { turns: 10, tokens: 1000, seconds: 60, usd: 1 };
const spent = (over: Partial<Spent> = {}): Spent => ({ turns: 0, seconds: 0, usage: noUsage, ...over });

describe("a budget", () => {
  it.each([
    { over: {}, limit: null },
    { over: { turns: 10 }, limit: "the budget of 10 turns" },
    { over: { seconds: 60 }, limit: "the budget of 60 seconds" },
    { over: { usage: { ...noUsage, inputTokens: 900, outputTokens: 100 } }, limit: "the budget of 1000 tokens" },
    { over: { usage: { ...noUsage, usd: 1.2 } }, limit: "the budget of 1 US dollars" },
    { over: { usage: { ...noUsage, usd: null } }, limit: null },
  ])("names $limit for $over", ({ over, limit }) => {
    expect(reachedLimit(budget, spent(over))).toBe(limit);
  });

  it.each(["turns", "tokens", "seconds", "usd"])("of no %s is spent before the start", (limit) => {
    expect(reachedLimit({ ...budget, [limit]: 0 }, spent())).toMatch(/^the budget of 0/);
  });

  it.each([
    { over: { turns: 7 }, near: null },
    { over: { turns: 8 }, near: "2 turns are left" },
    { over: { turns: 9 }, near: "1 turn is left" },
    { over: { usage: { ...noUsage, inputTokens: 850 } }, near: "85 % of the budget of 1000 tokens is spent" },
  ])("tells the model $near for $over", ({ over, near }) => {
    expect(nearLimit(budget, spent(over))).toBe(near);
  });

  it("does not hurry a conversation that has two turns at all", () => {
    expect(nearLimit({ ...budget, turns: 2 }, spent())).toBeNull();
  });

  it("adds up to an unknown cost where one part is unknown", () => {
    const known = { calls: 1, inputTokens: 10, cachedTokens: 5, outputTokens: 1, usd: 0.5 };
    expect(addUsage(known, known).usd).toBe(1);
    expect(addUsage(known, { ...known, usd: null })).toEqual({
      calls: 2,
      inputTokens: 20,
      cachedTokens: 10,
      outputTokens: 2,
      usd: null,
    });
  });
});
