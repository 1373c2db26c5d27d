import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createMemoryJournal } from "../../src/cli/memory-journal.ts";
import { journaled } from "../../src/model/journal.ts";
import { createModel } from "../../src/model/openai.ts";
import { writeRecording } from "../../src/model/recording.ts";
import { promptVersion } from "../../src/review/prompts/prompt-version.ts";
import { openDatabase } from "../../src/store/database.ts";
import { systemClock } from "../../src/system-clock.ts";
import { startWorld } from "../e2e/world.ts";
import type { StoreUnderTest } from "../setup/stores.ts";
import { postedComments, reviewCase } from "./review-case.ts";

/**
 * Records the review of one case with a model behind OPENAI_BASE_URL:
 *
 *     node test/cases/record.ts --case <id> --answered-by <who> [--note <words>]
 */
const { values } = parseArgs({
  options: {
    case: { type: "string" },
    "answered-by": { type: "string" },
    note: { type: "string", default: "" },
    model: { type: "string", default: process.env["MODEL"] ?? "desk" },
  },
});
const { case: id, "answered-by": answeredBy, note, model } = values;
if (id === undefined || answeredBy === undefined) throw new Error("usage: record.ts --case <id> --answered-by <who>");
const baseUrl = process.env["OPENAI_BASE_URL"];
if (baseUrl === undefined) throw new Error("set OPENAI_BASE_URL to the model to record");

const place: StoreUnderTest["place"] = async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "codex-review-record-"));
  return {
    dataDir,
    databaseUrl: null,
    remove: () => Promise.resolve(rmSync(dataDir, { recursive: true, force: true })),
  };
};
const open: StoreUnderTest["open"] = async () => {
  const database = await openDatabase({ dataDir: null });
  return { database, close: database.close };
};

const journal = createMemoryJournal();
const asked = createModel({
  api: "responses",
  apiKey: process.env["OPENAI_API_KEY"] ?? "none",
  baseUrl,
  timeoutMs: 60 * 60 * 1000,
  fallbackModel: null,
  prices: {},
  clock: systemClock,
  random: Math.random,
  onRetry: (message) => console.error(message),
});
const world = await startWorld({
  store: { name: "PGlite", open, place },
  model: journaled({ model: asked, journal, runId: "recording" }),
  env: { MODEL: model, REVIEW_MINUTES: "600" },
  attempts: 1,
});
const pull = await reviewCase(world, id, "project");

const folder = fileURLToPath(new URL(`../fixtures/journals/${id}/`, import.meta.url));
mkdirSync(folder, { recursive: true });
const header = { recorded: new Date().toISOString().slice(0, 10), answeredBy, promptVersion, model, note };
writeFileSync(join(folder, "model.jsonl"), writeRecording({ header, entries: journal.entries() }));
const posted = postedComments(world, pull);
writeFileSync(join(folder, "posted.json"), `${JSON.stringify(posted, null, 2)}\n`);
const summary = world.events.findLast((event) => event.kind === "reviewed");
console.log(JSON.stringify({ id, posted, usage: summary?.result.usage, notices: summary?.result.notices }, null, 2));
await world.stop();
