import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { addFixtureCommand } from "../../../eval/commands/fixture.ts";
import { readCases } from "../../../eval/case/read-cases.ts";
import { createProgress } from "../../../eval/run/progress.ts";
import type { AboutRun } from "../../../eval/run/result.ts";
import { createReplayWork } from "../../../eval/run/replay-work.ts";
import { createReviewWork } from "../../../eval/run/review-work.ts";
import { runCases, type RunInput } from "../../../eval/run/run-cases.ts";
import { openRunFolder, readRunFolder } from "../../../eval/run/run-folder.ts";
import { createSpending } from "../../../eval/run/spending.ts";
import { readRecording } from "../../../src/model/recording.ts";
import { ModelError } from "../../../src/review/errors.ts";
import type { Model } from "../../../src/review/model-ports.ts";
import { createSyntax } from "../../../src/syntax/create-syntax.ts";
import { systemClock } from "../../../src/system-clock.ts";
import { createScriptedReviewer, pageFinding } from "../../e2e/scripted-reviewer.ts";
import { textOf } from "../../fakes/fake-model.ts";
import { readPgliteImage } from "../../setup/stores.ts";
import { labelText, madeCases } from "../made-cases.ts";

const made = madeCases();
const about: AboutRun = {
  kind: "review",
  created: "2026-11-23T00:00:00.000Z",
  answeredBy: "a script",
  note: "",
  model: "scripted",
  verifier: "scripted",
  api: "responses",
  promptVersion: "some version",
  cases: made.folder,
  policy: null,
  settings: {},
};

/** Nobody to ask. */
const silent = createScriptedReviewer([]);

let out = "";
const said: string[] = [];

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "codex-review-run-"));
  said.length = 0;
  return () => rmSync(out, { recursive: true, force: true });
});
afterAll(() => made.remove());

const run = async (
  model: Model,
  options: {
    readonly only?: string;
    readonly policy?: string;
    readonly maxUsd?: number;
    readonly folder?: string;
    readonly work?: RunInput["work"];
  } = {},
): Promise<readonly string[]> => {
  const { only = "wrong-start", policy = null, maxUsd = null } = options;
  const setting = {
    env: { MODEL: "scripted" },
    policy,
    syntax: createSyntax(),
    storeImage: await readPgliteImage(),
  };
  return runCases(
    {
      cases: readCases(made.folder).filter(({ id }) => only === "all" || id === only),
      folder: openRunFolder(options.folder ?? out, { ...about, policy }),
      atOnce: 2,
      model,
      spending: createSpending(maxUsd),
      clock: systemClock,
      progress: createProgress({ write: (text) => void said.push(text), live: false }),
      work: options.work ?? createReviewWork(setting),
    },
    new AbortController().signal,
  );
};

describe("a run over cases", { timeout: 120_000 }, () => {
  it("keeps what was claimed, judged and posted, and asks nothing again", async () => {
    const model = createScriptedReviewer([pageFinding()]);
    expect(await run(model, { only: "all" })).toEqual([]);
    const { results } = readRunFolder(out);
    expect(results.map((result) => result.case)).toEqual(["clean-shop", "wrong-start"]);
    const [, result] = results;
    expect(result?.posted).toEqual([
      {
        path: "src/pages.ts",
        side: "RIGHT",
        startLine: null,
        line: 3,
        body: expect.stringContaining("Count pages from 1"),
        candidate: result?.candidates[0]?.id,
        validLine: true,
        suggestion: { applies: true, parses: true },
      },
    ]);
    expect(result?.candidates.map(({ standing }) => standing)).toEqual(["line"]);
    expect(result?.candidates[0]?.verdicts.map(({ gate }) => gate)).toContain("refute");
    expect(result?.usage.calls).toBe(3);
    expect(said.join("")).toContain("2/2 cases, 6 answers");

    const fixtures = join(out, "fixtures");
    const program = new Command();
    addFixtureCommand(program);
    program.parse(["fixture", out, "--only", "wrong-start", "--into", fixtures], { from: "user" });
    const kept = join(fixtures, "wrong-start");
    expect(readRecording(readFileSync(join(kept, "model.jsonl"), "utf8")).entries).toHaveLength(3);
    expect(JSON.parse(readFileSync(join(kept, "posted.json"), "utf8"))).toEqual([
      { path: "src/pages.ts", startLine: null, line: 3, title: "**P1 · Count pages from 1 when slicing**" },
    ]);

    const idle = createScriptedReviewer([]);
    expect(await run(idle, { only: "all" })).toEqual([]);
    expect(idle.requests).toEqual([]);
  });

  it("shows the model no id, no label and no later history", async () => {
    const model = createScriptedReviewer([]);
    await run(model);
    const text = model.requests.map((request) => request.instructions + textOf(request)).join("\n");
    expect(text).toContain("Page the list");
    for (const word of ["wrong-start", labelText, made.folder]) expect(text).not.toContain(word);
  });

  it("goes on from the journal where a case was cut off", async () => {
    const script = createScriptedReviewer([pageFinding()]);
    const lost: Model = {
      turn: (request, signal) => {
        if (request.at.stage === "verify") throw new ModelError("unavailable", "the line is dead");
        return script.turn(request, signal);
      },
    };
    expect(await run(lost)).toEqual(["wrong-start: the line is dead"]);
    expect(readRunFolder(out).results).toEqual([]);
    const journal = join(out, "wrong-start", "journal.jsonl");
    writeFileSync(journal, `${readFileSync(journal, "utf8")}{"stage":"find","conv`);

    const later = createScriptedReviewer([pageFinding()]);
    expect(await run(later)).toEqual([]);
    expect(later.requests.map(({ at }) => at.stage)).toEqual(["verify"]);
    expect(readRunFolder(out).results[0]).toMatchObject({ seconds: null, posted: [{ line: 3 }] });
    const { header, entries } = readRecording(readFileSync(journal, "utf8"));
    expect(header.answeredBy).toBe("a script");
    expect(entries.map(({ stage, turn }) => `${stage} ${turn}`)).toEqual(["find 0", "find 1", "verify 0"]);
  });

  it("stops asking once the money is spent, and goes on with more", async () => {
    const model = createScriptedReviewer([pageFinding()]);
    const priced: Model = {
      turn: async (request, signal) => {
        const turn = await model.turn(request, signal);
        return { ...turn, usage: { ...turn.usage, usd: 1 } };
      },
    };
    expect(await run(priced, { maxUsd: 2 })).toEqual(["wrong-start: the cap of $2 is reached ($2.00 spent)"]);
    expect(existsSync(join(out, "wrong-start", "result.json"))).toBe(false);
    expect(await run(priced, { maxUsd: 3.5 })).toEqual([]);
    expect(readRunFolder(out).results[0]?.usage.usd).toBe(3);
  });

  it("reviews by the policy that it is given", async () => {
    const model = createScriptedReviewer([pageFinding({ severity: "P2" })]);
    await run(model, { policy: "review:\n  min_severity: P1\n" });
    expect(readRunFolder(out).results[0]?.candidates.map(({ standing }) => standing)).toEqual(["summary"]);
  });

  it("is filtered anew from its journals, without a model", async () => {
    await run(createScriptedReviewer([pageFinding({ severity: "P2" })]));
    const before = readRunFolder(out);
    const again = mkdtempSync(join(tmpdir(), "codex-review-replay-"));
    const policy = "review:\n  min_severity: P1\n";
    const work = createReplayWork({
      env: { MODEL: "scripted" },
      policy,
      syntax: createSyntax(),
      storeImage: await readPgliteImage(),
      journalOf: before.journalOf,
    });
    const replay = (only: string) => run(silent, { only, policy, folder: again, work });
    expect(await replay("wrong-start")).toEqual([]);
    const [result] = readRunFolder(again).results;
    expect(result?.candidates.map(({ standing }) => standing)).toEqual(["summary"]);
    expect(result).toMatchObject({ byPlace: 0, seconds: null, usage: before.results[0]?.usage });

    writeFileSync(
      before.journalOf("clean-shop"),
      readFileSync(before.journalOf("wrong-start"), "utf8").split("\n")[0] ?? "",
    );
    expect(await replay("clean-shop")).toEqual([
      expect.stringMatching(/^clean-shop: .*the journal has no answer for find\/main\/0/),
    ]);
    rmSync(again, { recursive: true, force: true });
  });

  it("does not mix runs of different settings in one folder", () => {
    openRunFolder(out, about);
    expect(() => openRunFolder(out, { ...about, model: "another", promptVersion: "newer" })).toThrow(
      /another model, promptVersion/,
    );
    expect(openRunFolder(out, { ...about, created: "later" }).about.created).toBe(about.created);
  });
});
