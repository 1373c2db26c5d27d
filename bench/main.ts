/** `npm run bench [-- --only intake,overhead,requests,prompts]`: prints a table each and writes bench/results.json. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, release } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { benchIntake } from "./intake.ts";
import { benchOverhead } from "./overhead.ts";
import { benchPrompts } from "./prompts.ts";
import { benchRequests } from "./requests.ts";
import { showTable, type Row } from "./show-table.ts";

const benches = {
  intake: { title: "Intake: signature, deduplication and durable commit, 16 senders", measure: benchIntake },
  overhead: { title: "A review without the model, medians of 6", measure: benchOverhead },
  requests: { title: "Requests to GitHub for one review, without the token's", measure: benchRequests },
  prompts: { title: "Opening prompt in tokens (characters / 4)", measure: benchPrompts },
} as const satisfies Record<string, { readonly title: string; readonly measure: () => Promise<readonly Row[]> }>;

const { only } = parseArgs({ options: { only: { type: "string" } } }).values;

const resultsFile = join(import.meta.dirname, "results.json");
const cell = z.union([z.string(), z.number(), z.null()]);
const result = z.object({
  at: z.string(),
  machine: z.record(z.string(), cell),
  rows: z.array(z.record(z.string(), cell)).readonly(),
});
type Result = z.infer<typeof result>;

/** What was measured before stays where a part alone is measured again; each part says when and on what. */
const earlierResults = (): Readonly<Record<string, Result>> =>
  only === undefined || !existsSync(resultsFile)
    ? {}
    : z.record(z.string(), result).parse(JSON.parse(readFileSync(resultsFile, "utf8")));

const machine = (): Result["machine"] => ({
  processor: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  system: `${process.platform} ${release()}`,
  node: process.version,
});

const names = only?.split(",") ?? Object.keys(benches);
const chosen = Object.entries(benches).filter(([name]) => names.includes(name));

if (chosen.length !== names.length) {
  process.stderr.write(`--only takes ${Object.keys(benches).join(",")}, or some of them\n`);
  process.exitCode = 2;
} else {
  const results: Record<string, Result> = { ...earlierResults() };
  for (const [name, { title, measure }] of chosen) {
    const rows = await measure();
    results[name] = { at: new Date().toISOString(), machine: machine(), rows };
    process.stdout.write(showTable(title, rows));
  }
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
}
