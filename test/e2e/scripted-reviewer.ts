import { byStage, createFakeModel, type FakeModel, type FakeTurn } from "../fakes/fake-model.ts";

/** A report of the defect that `pagedShop` brings; `over` bends it. */
export const pageFinding = (over: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  title: "Count pages from 1 when slicing",
  body: "page(items, 1) skips the first `size` items, because start is number * size while pages count from 1.",
  severity: "P1",
  category: "correctness",
  confidence: 0.9,
  path: "src/pages.ts",
  at: "head",
  quote: "  const start = number * size;",
  start_line: 3,
  end_line: 3,
  trigger: "page([1, 2, 3], 1) -> start is 20, the result is empty -> the first three items",
  evidence: [],
  replacement: "  const start = (number - 1) * size;",
  rule: null,
  premises: [],
  ...over,
});

const finish: FakeTurn = {
  calls: [{ name: "finish", arguments: { verdict: "The paging is off by one page.", instructions_seen: [] } }],
};

/** A model that reports the given findings in one turn, finishes in the next, and verifies as told. */
export const createScriptedReviewer = (
  findings: readonly Record<string, unknown>[],
  verdict: "confirmed" | "refuted" | "unsure" = "confirmed",
): FakeModel =>
  createFakeModel(
    byStage({
      find: ({ at }) =>
        at.turn === 0 ? { calls: findings.map((finding) => ({ name: "report_finding", arguments: finding })) } : finish,
      verify: () => verdictTurn(verdict),
    }),
  );

export const verdictTurn = (verdict: string): FakeTurn => ({
  calls: [
    {
      name: "judge",
      arguments: {
        verdict,
        reason: "start is number * size",
        quotes: [{ path: "src/pages.ts", quote: "const start = number * size;", at: "head" }],
      },
    },
  ],
});
