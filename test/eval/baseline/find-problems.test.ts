import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { createBaselineWork } from "../../../eval/baseline/find-problems.ts";
import { openCase } from "../../../eval/case/open-case.ts";
import { readCases } from "../../../eval/case/read-cases.ts";
import { openDiskJournal } from "../../../eval/run/disk-journal.ts";
import { createFakeModel, textOf } from "../../fakes/fake-model.ts";
import { labelText, madeCases } from "../made-cases.ts";

const made = madeCases();
const dir = mkdtempSync(join(tmpdir(), "codex-review-baseline-"));
afterAll(() => {
  made.remove();
  rmSync(dir, { recursive: true, force: true });
});

it("asks once with title, description and diff, and posts whatever it lists", async () => {
  const [evalCase] = readCases(made.folder);
  if (evalCase === undefined) throw new Error("no case");
  const problem = { severity: "P1", title: "Skips the first page", body: "start is size for page 1" };
  const model = createFakeModel(() => ({
    text: JSON.stringify({
      problems: [
        { ...problem, path: "b/src/pages.ts", line: 3 },
        { ...problem, path: "src/pages.ts", line: 400 },
      ],
    }),
    usage: { inputTokens: 70, outputTokens: 7 },
  }));
  const opened = openCase(evalCase);
  const header = { recorded: "2026-11-23", answeredBy: "a script", promptVersion: "1", model: "m", note: "" };
  const journal = openDiskJournal(join(dir, "journal.jsonl"), header);
  const sitting = { evalCase, opened, journal, model, seconds: () => 1, logFile: join(dir, "app.log") };
  const result = await createBaselineWork("m")(sitting, new AbortController().signal);
  opened.remove();
  expect(model.requests).toHaveLength(1);
  const text = model.requests.map(textOf).join("");
  for (const shown of ["Page the list", "The list is too long.", "+  const start = number * size;"])
    expect(text).toContain(shown);
  for (const hidden of [labelText, evalCase.id]) expect(text).not.toContain(hidden);
  expect(result.candidates.map(({ path, line, standing }) => ({ path, line, standing }))).toEqual([
    { path: "src/pages.ts", line: 3, standing: "line" },
    { path: "src/pages.ts", line: 400, standing: "line" },
  ]);
  expect(result.posted.map(({ validLine, candidate }) => ({ validLine, candidate }))).toEqual([
    { validLine: true, candidate: "p0" },
    { validLine: false, candidate: "p1" },
  ]);
  expect(result.usage).toMatchObject({ calls: 1, inputTokens: 70, outputTokens: 7 });
  expect(journal.entries()).toHaveLength(1);
});
