/** `npm run bench [-- --only intake|overhead|requests|prompts]`: prints a table each and writes bench/results.json. */
import { writeFileSync } from "node:fs";
import { cpus, release } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchIntake } from "./intake.ts";
import { benchOverhead } from "./overhead.ts";
import { benchPrompts } from "./prompts.ts";
import { benchRequests } from "./requests.ts";
import { showTable, type Row } from "./show-table.ts";

const benches = {
  intake: { title: "Intake: signature, deduplication and durable commit, 16 senders", measure: benchIntake },
  overhead: { title: "A review without the model, medians of 5", measure: benchOverhead },
  requests: { title: "Requests to GitHub for one review, without the token's", measure: benchRequests },
  prompts: { title: "Opening prompt in tokens (characters / 4)", measure: benchPrompts },
} as const satisfies Record<string, { readonly title: string; readonly measure: () => Promise<readonly Row[]> }>;

const { only } = parseArgs({ options: { only: { type: "string" } } }).values;
const chosen = Object.entries(benches).filter(([name]) => only === undefined || only === name);

if (chosen.length === 0) {
  process.stderr.write(`--only takes ${Object.keys(benches).join(", ")}\n`);
  process.exitCode = 2;
} else {
  const results: Record<string, readonly Row[]> = {};
  for (const [name, { title, measure }] of chosen) {
    const rows = await measure();
    results[name] = rows;
    process.stdout.write(showTable(title, rows));
  }
  const processor = cpus()[0]?.model ?? "unknown";
  const machine = {
    processor,
    cores: cpus().length,
    system: `${process.platform} ${release()}`,
    node: process.version,
  };
  const report = { at: new Date().toISOString(), machine, results };
  writeFileSync(join(import.meta.dirname, "results.json"), `${JSON.stringify(report, null, 2)}\n`);
}
