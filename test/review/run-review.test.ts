import { describe, expect, it } from "vitest";
import type { Model } from "../../src/review/model-ports.ts";
import { runReview } from "../../src/review/run-review.ts";
import { createScriptedReviewer, pageFinding } from "../e2e/scripted-reviewer.ts";
import { pagedShop, shop } from "../e2e/shop-files.ts";
import { createFakeAnalyzer } from "../fakes/fake-analyzer.ts";
import { createFakeClock } from "../fakes/fake-clock.ts";
import { createFakeSyntax } from "../fakes/fake-syntax.ts";
import { someReviewInput } from "../fakes/review-input.ts";

const caller = { "src/first.ts": 'import { page } from "./pages.ts";\nexport const first = page([], 1);\n' };
const change = {
  base: { ...shop, ...caller },
  head: { ...shop, ...pagedShop, ...caller, "a.fake": "BUG\n", "dist/b.fake": "BUG\n" },
};

const review = async (model: Model | null) => {
  const stages: string[] = [];
  const events: string[] = [];
  const record = async (stage: string): Promise<void> => void stages.push(stage);
  const deps = {
    analyzers: [createFakeAnalyzer()],
    syntax: createFakeSyntax(),
    clock: createFakeClock(),
    modelOf: () => model,
    models: { finder: "finder-1", verifier: "verifier-1" },
    overrides: { minutes: null, turns: null, tokens: null },
    observe: ({ kind }: { readonly kind: string }) => void events.push(kind),
  };
  const result = await runReview(deps, someReviewInput(change, { record }), new AbortController().signal);
  return { result, stages, events };
};

describe("one review", () => {
  it("records each stage in order and tells of it", async () => {
    const { stages, events } = await review(createScriptedReviewer([pageFinding()]));
    expect(stages).toEqual(["find", "first_pass", "verify", "second_pass"]);
    expect(events).toEqual([
      "change_read",
      "context_gathered",
      "candidates_found",
      "pass_done",
      "pass_done",
      "reviewed",
    ]);
  });

  it("puts what a second reader confirmed and what a rule found on lines", async () => {
    const { result } = await review(createScriptedReviewer([pageFinding()]));
    expect(result.findings.map(({ candidate, standing, proof }) => [candidate.path, standing, proof])).toEqual([
      ["src/pages.ts", "line", "confirmed by a second reader"],
      ["a.fake", "line", "rule bug of fake"],
    ]);
    expect(result.model).toBe("finder-1");
  });

  it("keeps every dropped candidate with the gate that dropped it", async () => {
    const { result } = await review(createScriptedReviewer([pageFinding()], "refuted"));
    const dropped = result.judged.filter(({ standing }) => standing === "dropped");
    expect(dropped.map(({ verdicts }) => verdicts.at(-1))).toMatchObject([{ gate: "refute", action: "drop" }]);
    expect(result.findings).toHaveLength(1);
  });

  it("asks no second reader about what the tree contradicts", async () => {
    const quote = "export function page<T>(items: T[], number: number, size = 20): T[] {";
    const claim = { title: "`page` is never called", quote, start_line: 2, end_line: 2, replacement: null };
    const model = createScriptedReviewer([pageFinding(claim)]);
    const { result } = await review(model);
    const dropped = result.judged.filter(({ standing }) => standing === "dropped");
    expect(dropped.map(({ verdicts }) => verdicts.at(-1))).toMatchObject([{ gate: "facts", action: "drop" }]);
    expect(dropped[0]?.verdicts.at(-1)?.reason).toContain("src/first.ts:2 has: export const first = page([], 1);");
    expect(model.requests.filter(({ at }) => at.stage === "verify")).toEqual([]);
  });

  it("lists every changed file once, with why it was not read", async () => {
    const { result } = await review(createScriptedReviewer([]));
    expect(result.coverage.map(({ path }) => path)).toEqual(["a.fake", "dist/b.fake", "src/pages.ts"]);
    expect(result.coverage.find(({ path }) => path === "dist/b.fake")).toMatchObject({ read: "none" });
  });

  it("is the analyzers' alone where no model is configured, and says so", async () => {
    const { result } = await review(null);
    expect(result.findings.map(({ candidate }) => candidate.path)).toEqual(["a.fake"]);
    expect(result.notices).toEqual([
      { kind: "model", text: "No model is configured; only the analyzers looked at this change." },
    ]);
    expect(result).toMatchObject({ model: null, usage: { calls: 0 } });
  });
});
