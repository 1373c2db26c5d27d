import { expect, it } from "vitest";
import { judgementKey, type Judgement } from "../../../eval/judge/judgement.ts";
import { compareRuns } from "../../../eval/score/compare-runs.ts";
import { scoreCase, type ScoredCase } from "../../../eval/score/score-case.ts";
import { showComparison } from "../../../eval/score/show-comparison.ts";
import { someClaim, someResult } from "./some-result.ts";

const judged = (worth: Judgement["worth"]): Judgement => ({
  case: "",
  title: "",
  worth,
  reason: "",
  same: [],
  by: "hand",
  rubric: "",
  date: "",
});

/** A case with as many right and false comments. */
const scored = (id: string, [right, wrong]: readonly [number, number], tokens: number): ScoredCase => {
  const claims = [...Array(right).fill("bug"), ...Array(wrong).fill("false")].map(
    (worth: Judgement["worth"], line) => ({
      claim: someClaim({ id: `c${line}`, line: line + 1 }),
      judgement: judged(worth),
    }),
  );
  const judgements = Object.fromEntries(claims.map(({ claim, judgement }) => [judgementKey(id, claim), judgement]));
  const usage = { calls: 1, inputTokens: tokens, cachedTokens: 0, outputTokens: 0, usd: null };
  const result = someResult({ case: id, candidates: claims.map(({ claim }) => claim), usage });
  return scoreCase({ id, clean: false, known: [] }, result, judgements);
};

it("compares on the cases that both runs have, case by case", () => {
  const a = [scored("one", [1, 3], 10), scored("two", [1, 1], 10), scored("three", [5, 0], 10)];
  const b = [scored("one", [1, 0], 40), scored("two", [1, 0], 40)];
  const compared = compareRuns(a, b);
  expect([compared.cases, compared.left]).toEqual([2, ["three"]]);
  const figures = new Map(compared.figures.map((figure) => [figure.name, figure]));
  // A: 2 right of 6; B: 2 right of 2. Drawn alone, case one differs by 3/4 and case two by 1/2.
  expect(figures.get("precision")).toMatchObject({ a: 2 / 6, b: 1, interval: { low: 0.5, high: 0.75 } });
  expect(figures.get("precision")?.difference).toBeCloseTo(2 / 3);
  expect(figures.get("comments per pull request")).toMatchObject({ a: 3, b: 1, difference: -2 });
  expect(figures.get("tokens per pull request")).toMatchObject({ difference: 30, interval: { low: 30, high: 30 } });
  expect(figures.get("US dollars per pull request")).toMatchObject({ a: null, difference: null, interval: null });
  const shown = showComparison(compared);
  expect(shown).toContain("2 cases that both runs have. Left out: three.");
  expect(shown).toMatch(/\| one +\| 1\/4, 0\/0 \| 1\/1, 0\/0 \|/);
});
