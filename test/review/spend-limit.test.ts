import { describe, expect, it } from "vitest";
import { ModelError } from "../../src/review/errors.ts";
import type { Model } from "../../src/review/model-ports.ts";
import { createSpendLimit } from "../../src/review/spend-limit.ts";
import { createFakeModel } from "../fakes/fake-model.ts";

const never = new AbortController().signal;

const request = {
  promptVersion: "1",
  model: "m",
  effort: "medium",
  instructions: "",
  cacheKey: "",
  at: { stage: "verify", conversation: "c", turn: 0 },
  input: [],
  tools: [],
  output: null,
  maxOutputTokens: 1,
} satisfies Parameters<Model["turn"]>[0];

/** A model whose calls last a moment, which notes how many were in flight at once and how often it was called. */
const priced = (prices: readonly (number | null | Error)[]) => {
  const seen = { calls: 0, inFlight: 0, most: 0 };
  const model: Model = {
    turn: async (given, signal) => {
      const price = prices[Math.min(seen.calls, prices.length - 1)] ?? null;
      seen.calls += 1;
      seen.inFlight += 1;
      seen.most = Math.max(seen.most, seen.inFlight);
      await new Promise((resolve) => setImmediate(resolve));
      seen.inFlight -= 1;
      if (price instanceof Error) throw price;
      return createFakeModel(() => ({ usage: { usd: price } })).turn(given, signal);
    },
  };
  return { model, seen };
};

const callAll = (usd: number | null, prices: readonly (number | null | Error)[], times: number) => {
  const { model, seen } = priced(prices);
  const limit = createSpendLimit(usd);
  const calls = Array.from({ length: times }, () => limit.open(model).model.turn(request, never));
  return Promise.allSettled(calls).then((settled) => ({
    seen,
    spent: limit.spent(),
    refused: settled.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : [])),
  }));
};

describe("a spend limit", () => {
  it.each([
    { usd: 1, price: 0.25, calls: 4 },
    { usd: 1, price: 0.3, calls: 3 },
    { usd: 1, price: 2, calls: 1 },
    { usd: 0, price: 0.1, calls: 0 },
  ])("lets $calls calls of $price through under $usd, however many ask at once", async ({ usd, price, calls }) => {
    const { seen, spent, refused } = await callAll(usd, [price], 10);
    expect(seen.calls).toBe(calls);
    expect(spent).toBeCloseTo(calls * price);
    expect(refused).toHaveLength(10 - calls);
  });

  it("sends the first call alone, for its price is the estimate of the others", async () => {
    const { model, seen } = priced([1]);
    const limit = createSpendLimit(100);
    const first = limit.open(model).model.turn(request, never);
    const others = [1, 2, 3].map(() => limit.open(model).model.turn(request, never));
    await first;
    expect(seen.most).toBe(1);
    await Promise.all(others);
    expect(seen.most).toBe(3);
  });

  it.each([null, 5])("holds nothing up where there is no limit or prices are unknown: limit %s", async (usd) => {
    const { seen, refused } = await callAll(usd, [null], 6);
    expect({ calls: seen.calls, refused }).toEqual({ calls: 6, refused: [] });
  });

  it("goes on with the next where a call fails", async () => {
    const { seen, refused } = await callAll(1, [new ModelError("unavailable", "503"), 0.5], 4);
    expect(seen.calls).toBe(3);
    expect(refused).toEqual([
      expect.stringContaining("503"),
      expect.stringContaining("the budget of 1 US dollars does not hold another call"),
    ]);
  });

  it("stops waiting when it is told to", async () => {
    const limit = createSpendLimit(1);
    const stop = new AbortController();
    const hanging: Model = { turn: () => new Promise(() => undefined) };
    void limit.open(hanging).model.turn(request, never);
    const waiting = limit.open(hanging).model.turn(request, stop.signal);
    stop.abort(new Error("stop"));
    await expect(waiting).rejects.toThrow("stop");
  });

  it("tells each what the others have spent", async () => {
    const limit = createSpendLimit(10);
    const [a, b] = [limit.open(priced([2]).model), limit.open(priced([3]).model)];
    await a.model.turn(request, never);
    await b.model.turn(request, never);
    expect([a.usdElsewhere(), b.usdElsewhere(), limit.spent()]).toEqual([3, 2, 5]);
  });
});
