/** `npm run eval -- <command>`: measures the reviewer; docs/quality.md says how and what the numbers mean. */
import { Command, CommanderError } from "commander";
import { ConfigurationError } from "../src/config/env.ts";
import { OperationalError } from "../src/review/errors.ts";
import { addBaselineCommand } from "./commands/baseline.ts";
import { addCompareCommand } from "./commands/compare.ts";
import { addFixtureCommand } from "./commands/fixture.ts";
import { addJudgeCommand } from "./commands/judge.ts";
import { addReplayCommand } from "./commands/replay.ts";
import { addReportCommand } from "./commands/report.ts";
import { addRunCommand } from "./commands/run.ts";
import { addScoreCommand } from "./commands/score.ts";
import { EvalError } from "./eval-error.ts";

const program = new Command("eval")
  .description("Measures the reviewer on pull requests with known defects.")
  .exitOverride();
for (const add of [
  addRunCommand,
  addBaselineCommand,
  addReplayCommand,
  addJudgeCommand,
  addScoreCommand,
  addCompareCommand,
  addReportCommand,
  addFixtureCommand,
])
  add(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  // Commander has printed its own message, help included.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const isExpected =
    error instanceof EvalError || error instanceof ConfigurationError || error instanceof OperationalError;
  const text = error instanceof Error ? (isExpected ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`eval: ${text}\n`);
  return 2;
}
