import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readCases } from "../../../eval/case/read-cases.ts";
import { judgementKey, type Judgements } from "../../../eval/judge/judgement.ts";
import { judgeRun } from "../../../eval/judge/judge-run.ts";
import { openDiskJournal } from "../../../eval/run/disk-journal.ts";
import type { EvalCandidate } from "../../../eval/run/result.ts";
import type { Model } from "../../../src/review/model-ports.ts";
import { byStage, createFakeModel, textOf, type FakeTurn } from "../../fakes/fake-model.ts";
import { labelText, madeCases } from "../made-cases.ts";
import { someClaim, someResult } from "../score/some-result.ts";

const made = madeCases();
const dir = mkdtempSync(join(tmpdir(), "codex-review-judge-"));
afterAll(() => {
  made.remove();
  rmSync(dir, { recursive: true, force: true });
});

const claim = someClaim({
  path: "src/pages.ts",
  line: 3,
  title: "Subtract 1 in `page`",
  severity: "P1",
  evidence: [{ path: "README.md", quote: "Lists come in pages.", why: "so" }],
});
const dropped = someClaim({ path: "README.md", line: 2, title: "Reword", gates: { refute: "drop" } });

const says = (value: unknown): FakeTurn => ({ text: JSON.stringify(value) });
const judge = () =>
  createFakeModel(
    byStage({
      worth: () => says({ reason: "start is 20 for page 1", worth: "bug" }),
      same: () => says({ reason: "the same fault", same: ["k0", "k9"] }),
    }),
  );

let round = 0;
const run = async (
  model: Model,
  options: { readonly judgements?: Judgements; readonly dropped?: boolean; readonly claims?: readonly EvalCandidate[] },
) => {
  const [evalCase] = readCases(made.folder);
  if (evalCase === undefined) throw new Error("no case");
  const saved: Judgements[] = [];
  round += 1;
  const header = { recorded: "2026-11-23", answeredBy: "a script", promptVersion: "1", model: "judge", note: "" };
  const failures = await judgeRun(
    {
      pairs: [{ evalCase, result: someResult({ case: evalCase.id, candidates: options.claims ?? [claim, dropped] }) }],
      judgements: options.judgements ?? {},
      dropped: options.dropped ?? false,
      atOnce: 2,
      model,
      modelName: "judge",
      journal: openDiskJournal(join(dir, `${round}.jsonl`), header),
      date: "2026-11-23",
      save: (judgements) => void saved.push(judgements),
      say: () => undefined,
    },
    new AbortController().signal,
  );
  return { failures, judgements: saved.at(-1) ?? {} };
};

const key = judgementKey("wrong-start", claim);

describe("the judge", () => {
  it("keeps what it says under the finding's key, with known defects that there are", async () => {
    const { judgements, failures } = await run(judge(), {});
    expect(failures).toEqual([]);
    expect(Object.keys(judgements)).toEqual([key]);
    expect(judgements[key]).toMatchObject({ case: "wrong-start", worth: "bug", same: ["k0"], by: "judge" });
  });

  it("weighs a finding from the code alone, before anything is compared with labels", async () => {
    const model = judge();
    await run(model, {});
    expect(model.requests.map(({ at }) => at.stage)).toEqual(["worth", "same"]);
    const [worth, same] = model.requests.map(textOf);
    expect(worth).toContain("    3 |   const start = number * size;");
    expect(worth).toContain("+Lists come in pages.");
    expect(worth).toContain("src/pages.ts:2:export const page");
    for (const hidden of [labelText, "P1", "wrong-start", "refute", "confidence"]) expect(worth).not.toContain(hidden);
    expect(same).toContain(labelText);
    expect(same).not.toContain("const start");
  });

  it("asks for what the gates dropped only where that is wanted", async () => {
    const model = judge();
    const { judgements } = await run(model, { dropped: true });
    expect(
      Object.values(judgements)
        .map(({ title }) => title)
        .toSorted(),
    ).toEqual(["Reword", "Subtract 1 in `page`"]);
    // The second stands in a file without a known defect: nothing to compare it with.
    expect(model.requests.filter(({ at }) => at.stage === "same")).toHaveLength(1);
  });

  it("leaves judgements that stand as they are", async () => {
    const byHand = {
      case: "wrong-start",
      title: "",
      worth: "false",
      reason: "seen",
      same: [],
      rubric: "",
      date: "",
    } as const;
    const model = judge();
    const { judgements } = await run(model, { judgements: { [key]: { ...byHand, same: [], by: "hand" } } });
    expect(model.requests).toEqual([]);
    expect(judgements[key]?.by).toBe("hand");
  });

  it("asks once more for an answer that does not fit, and then names the finding", async () => {
    const stubborn = createFakeModel(byStage({ worth: () => ({ text: "```json\n{}\n```" }) }));
    const { failures, judgements } = await run(stubborn, { claims: [claim] });
    expect(stubborn.requests.map(({ at }) => at.turn)).toEqual([0, 1]);
    expect(failures).toEqual([expect.stringContaining('wrong-start, "Subtract 1 in `page`": no answer')]);
    expect(judgements).toEqual({});
  });
});
