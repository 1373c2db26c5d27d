import { describe, expect, it } from "vitest";
import type { ChangedFile } from "../../src/core/change.ts";
import { ModelError } from "../../src/review/errors.ts";
import { findInBundles } from "../../src/review/find-in-bundles.ts";
import { shareBudget } from "../../src/core/share-budget.ts";
import { createFakeClock } from "../fakes/fake-clock.ts";
import { createFakeModel, textOf, type FakeScript } from "../fakes/fake-model.ts";
import { createFakeTrees } from "../fakes/fake-repository.ts";
import { createFakeSyntax } from "../fakes/fake-syntax.ts";
import { someBrief } from "../fakes/some-brief.ts";
import { finish, report, someBudget } from "./agent/some-change.ts";

const never = new AbortController().signal;
const paths = ["a.ts", "b.ts", "c.ts", "d.ts"];
const trees = createFakeTrees({
  base: {},
  head: Object.fromEntries(paths.map((path) => [path, `export const of = "${path}";\n`])),
});
const { files } = trees.diff;

const findIn = async (script: FakeScript, bundles: readonly (readonly ChangedFile[])[]) => {
  const model = createFakeModel(script);
  const deps = { model, trees, syntax: createFakeSyntax(), clock: createFakeClock(), modelName: "m" };
  const task = { brief: someBrief({ files }), bundles, budget: someBudget({ usd: 4 }), effort: "high" } as const;
  return { found: await findInBundles(deps, task, never), model };
};

const each = files.map((file) => [file]);
const reports = (path: string) =>
  report({ path, quote: `export const of = "${path}";`, title: `Mend ${path}`, evidence: [], replacement: null });

const failing =
  (error: Error): FakeScript =>
  () => {
    throw error;
  };

describe("reading a change in bundles", () => {
  it("is one conversation under its usual name where there is one bundle", async () => {
    const { model } = await findIn(() => ({ calls: [finish()] }), [files]);
    expect(new Set(model.requests.map(({ at }) => at.conversation))).toEqual(new Set(["main"]));
    expect(model.requests.map(textOf).join("\n")).not.toContain("Your part of the change");
  });

  it("gives each bundle a conversation with its own diff and the list of all files", async () => {
    const { model, found } = await findIn(() => ({ calls: [finish()] }), each);
    const names = model.requests.map(({ at }) => at.conversation);
    expect(names.toSorted()).toEqual(["bundle-2", "bundle-3", "bundle-4", "main"]);
    const third = model.requests
      .filter(({ at }) => at.conversation === "bundle-3")
      .map(textOf)
      .join();
    expect(third).toContain("Your part of the change, 3 of 4.");
    expect(third).toContain("- a.ts: added, +1 -0");
    expect([third.includes('+|export const of = "c.ts"'), third.includes('+|export const of = "a.ts"')]).toEqual([
      true,
      false,
    ]);
    expect(found.coverage).toEqual(paths.map((path) => ({ path, read: "full", reason: null })));
    expect(found.usage.calls).toBe(4);
  });

  it("says the same to all up to where the bundles begin, so that a provider's cache holds it", async () => {
    const { model } = await findIn(() => ({ calls: [finish()] }), each);
    const shared = model.requests.map(({ instructions, tools, input, cacheKey }) =>
      JSON.stringify({ instructions, tools, cacheKey, input: input.slice(0, 2) }),
    );
    expect(new Set(shared).size).toBe(1);
  });

  it("keeps the candidates of all apart", async () => {
    const { found } = await findIn(({ at, input }) => {
      const path = paths.find((name) => JSON.stringify(input.at(2)).includes(`### ${name}`)) ?? "a.ts";
      return at.turn === 0 ? { calls: [reports(path)] } : { calls: [finish()] };
    }, each);
    expect(found.candidates.map(({ id, path }) => `${id} ${path}`)).toEqual([
      "agent-1 a.ts",
      "agent-2-1 b.ts",
      "agent-3-1 c.ts",
      "agent-4-1 d.ts",
    ]);
  });

  it("says what was not read where the model failed for some bundles", async () => {
    const { found } = await findIn(({ at }) => {
      if (at.conversation === "bundle-2") throw new ModelError("unavailable", "the model is down");
      return { calls: [finish()] };
    }, each);
    expect(found.coverage.find(({ path }) => path === "b.ts")).toEqual({
      path: "b.ts",
      read: "none",
      reason: "the model is down",
    });
    expect(found.notices).toEqual([
      { kind: "partial", text: "1 of 4 parts of the change were not read: the model is down" },
    ]);
  });

  it("fails where the model failed for all, or where a recording does not fit", async () => {
    const down = new ModelError("unavailable", "the model is down");
    const other = new ModelError("replay", "turn 0 is another");
    await expect(findIn(failing(down), each)).rejects.toBe(down);
    const oneDiffers: FakeScript = (request) =>
      request.at.conversation === "bundle-3" ? failing(other)(request) : { calls: [finish()] };
    await expect(findIn(oneDiffers, each)).rejects.toBe(other);
  });
});

describe("a bundle's share of the budget", () => {
  const budget = { turns: 48, tokens: 4000, seconds: 600, usd: 2 };

  it("is half equal, half by weight, and all shares together are the whole", () => {
    const shares = [900, 100].map((_, index) => shareBudget(budget, [900, 100], index));
    expect(shares.map(({ tokens }) => tokens)).toEqual([2800, 1200]);
    expect(shares.reduce((sum, { usd }) => sum + (usd ?? 0), 0)).toBeCloseTo(2);
  });

  it("leaves each reader turns enough to come to an end, and never more than there are", () => {
    const weights = Array.from({ length: 8 }, () => 1);
    expect(shareBudget(budget, weights, 0).turns).toBe(12);
    expect(shareBudget({ ...budget, turns: 5 }, weights, 0).turns).toBe(5);
    expect(shareBudget({ ...budget, usd: null }, [0, 0], 1)).toMatchObject({ usd: null, tokens: 2000 });
  });
});
