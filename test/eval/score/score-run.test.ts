import { describe, expect, it } from "vitest";
import type { EvalCase, KnownFinding } from "../../../eval/case/read-cases.ts";
import { judgementKey, type Judgement } from "../../../eval/judge/judgement.ts";
import type { EvalCandidate } from "../../../eval/run/result.ts";
import { bootstrap } from "../../../eval/score/bootstrap.ts";
import { standsAt } from "../../../eval/score/match.ts";
import { scoreCase } from "../../../eval/score/score-case.ts";
import { scoreRun } from "../../../eval/score/score-run.ts";
import { someClaim, somePosted, someResult } from "./some-result.ts";

const known = (
  id: string,
  severity: "P1" | "P2" | "P3",
  [path, startLine, endLine]: readonly [string, number, number],
): KnownFinding => ({
  id,
  severity,
  counts: severity !== "P3",
  text: id,
  places: [{ path, startLine, endLine }],
});

const buggy: Pick<EvalCase, "id" | "clean" | "known"> = {
  id: "buggy",
  clean: false,
  known: [known("k0", "P1", ["a.ts", 10, 12]), known("k1", "P2", ["b.ts", 5, 5]), known("k2", "P3", ["b.ts", 40, 40])],
};
const clean: typeof buggy = { id: "clean", clean: true, known: [] };

const judged = (worth: Judgement["worth"], ...same: readonly string[]): Judgement => ({
  case: "",
  title: "",
  worth,
  reason: "",
  same: [...same],
  by: "hand",
  rubric: "",
  date: "",
});

/** Near its defect; far from it; false; folded and right; merged into another and never judged; on the clean case. */
const near = someClaim({ id: "near", path: "a.ts", line: 14, severity: "P1" });
const far = someClaim({ id: "far", path: "b.ts", line: 20 });
const wrong = someClaim({ id: "wrong", path: "c.ts", line: 1 });
const folded = someClaim({
  id: "folded",
  path: "b.ts",
  line: 5,
  gates: { quote: "keep", merge: "keep", refute: "demote" },
});
const merged = someClaim({ id: "merged", path: "b.ts", line: 6, gates: { quote: "keep", merge: "drop" } });
const needless = someClaim({ id: "needless", path: "d.ts", line: 9 });

const judgements = Object.fromEntries(
  (
    [
      ["buggy", near, judged("minor", "k0")],
      ["buggy", far, judged("bug", "k1")],
      ["buggy", wrong, judged("false")],
      ["buggy", folded, judged("bug", "k1")],
      ["clean", needless, judged("minor")],
    ] satisfies readonly (readonly [string, EvalCandidate, Judgement])[]
  ).map(([id, claim, judgement]) => [judgementKey(id, claim), judgement]),
);

const scored = [
  scoreCase(
    buggy,
    someResult({
      candidates: [near, far, wrong, folded, merged],
      posted: [
        somePosted({ suggestion: { applies: true, parses: true } }),
        somePosted({ suggestion: { applies: true, parses: false } }),
        somePosted({ validLine: false }),
      ],
      seconds: 10,
    }),
    judgements,
  ),
  scoreCase(clean, someResult({ candidates: [needless], posted: [somePosted()], seconds: null }), judgements),
];

describe("the scores of a run", () => {
  const scores = scoreRun(scored);

  it("count what stands on lines, worked out by hand", () => {
    expect(scores.posted).toEqual({ claims: 4, judged: 4, right: 2, known: 2, found: 1 });
    expect([scores.precision.value, scores.recall.value, scores.f1.value]).toEqual([0.5, 0.5, 0.5]);
    expect(scores.recallWithFolded.value).toBe(1);
    expect([scores.commentsPerCase.value, scores.foldedPerCase.value]).toEqual([2, 0.5]);
    expect(scores.worth).toEqual({ minor: 2, bug: 1, false: 1 });
  });

  it("tell a comment beside its defect from one on its lines and one far away", () => {
    expect([scores.lineAccuracy.value, scores.onTheLines.value]).toEqual([0.5, 0]);
    expect(scored[0]?.claims.map(({ matches, right }) => [matches, right])).toEqual([
      [["k0"], true],
      [[], true],
      [[], false],
      [["k1"], true],
      [[], null],
    ]);
  });

  it("name what is said on a clean case", () => {
    expect([scores.cleanCases, scores.cleanCasesWithComments, scores.falseAlarmsOnClean]).toEqual([1, 1, 1]);
  });

  it("have a row for what each gate left", () => {
    expect(scores.byGate).toEqual([
      { name: "claimed", counts: { claims: 6, judged: 5, right: 3, known: 2, found: 2 } },
      { name: "after quote", counts: { claims: 6, judged: 5, right: 3, known: 2, found: 2 } },
      { name: "after merge", counts: { claims: 5, judged: 5, right: 3, known: 2, found: 2 } },
      { name: "after refute", counts: { claims: 4, judged: 4, right: 2, known: 2, found: 1 } },
    ]);
  });

  it("have a row for each cut by severity", () => {
    expect(
      scores.postedBySeverity.map(({ name, counts }) => [name, counts.claims, counts.right, counts.found]),
    ).toEqual([
      ["P0", 0, 0, 0],
      ["P0-P1", 1, 1, 1],
      ["P0-P2", 4, 2, 1],
      ["all", 4, 2, 1],
    ]);
  });

  it("say what suggestions, tokens and time come to", () => {
    expect(scores.validLines.value).toBe(0.75);
    expect([scores.suggestions, scores.suggestionsApply.value, scores.suggestionsParse.value]).toEqual([2, 1, 0.5]);
    expect([scores.tokensPerCase.value, scores.usdPerCase.value]).toEqual([100, 0.5]);
    // The clean case was taken up again, so its time says nothing.
    expect(scores.secondsPerCase.value).toBe(10);
  });

  it("are nothing, and not 0, of nothing", () => {
    const { precision, recall, usdPerCase, validLines } = scoreRun([]);
    expect([precision, recall, usdPerCase, validLines]).toEqual(
      Array.from({ length: 4 }, () => ({ value: null, interval: null })),
    );
  });
});

describe("a place", () => {
  it.each([
    { line: 7, stands: true },
    { line: 6, stands: false },
    { line: 15, stands: true },
    { line: 16, stands: false },
    { line: null, stands: false },
  ])("at line $line of a defect on 10-12: $stands", ({ line, stands }) => {
    expect(standsAt({ path: "a.ts", startLine: null, line }, known("k", "P1", ["a.ts", 10, 12]), 3)).toBe(stands);
  });

  it("counts elsewhere where the label says so, and only there", () => {
    const twice: KnownFinding = {
      ...known("k", "P1", ["a.ts", 10, 12]),
      places: [
        { path: "a.ts", startLine: 10, endLine: 12 },
        { path: "copy.ts", startLine: 1, endLine: 2 },
      ],
    };
    expect(standsAt({ path: "copy.ts", startLine: 2, line: 9 }, twice, 0)).toBe(true);
    expect(standsAt({ path: "other.ts", startLine: 2, line: 9 }, twice, 3)).toBe(false);
  });
});

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("an interval", () => {
  it("is as wide as the cases differ, and the same each time", () => {
    expect(bootstrap([2, 2, 2], mean)).toEqual({ low: 2, high: 2 });
    expect(bootstrap([0, 1], mean)).toEqual({ low: 0, high: 1 });
    const many = Array.from({ length: 40 }, (_, index) => index % 2);
    const interval = bootstrap(many, mean);
    expect(interval).toEqual(bootstrap(many, mean));
    // The normal approximation says 0.5 ± 1.96 · 0.5 / √40 = 0.345 … 0.655.
    expect(interval?.low).toBeCloseTo(0.345, 1);
    expect(interval?.high).toBeCloseTo(0.655, 1);
  });

  it("is none where the figure is never known", () => {
    expect(bootstrap([1, 2], () => null)).toBeNull();
    expect(bootstrap([], mean)).toBeNull();
  });
});

describe("a finding's key", () => {
  it("is the same for the same words at the same place, whatever the white space", () => {
    const claim = someClaim({ startLine: null, line: 4 });
    const key = judgementKey("one", claim);
    expect(judgementKey("one", { ...claim, startLine: 4, body: "The first  page is\nskipped." })).toBe(key);
    for (const other of [
      { ...claim, line: 5 },
      { ...claim, path: "b.ts" },
      { ...claim, title: "Other" },
    ])
      expect(judgementKey("one", other)).not.toBe(key);
    expect(judgementKey("two", claim)).not.toBe(key);
  });
});
