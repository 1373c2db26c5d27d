#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { ConfigurationError } from "../config/env.ts";
import { OperationalError } from "../review/errors.ts";
import { stopOnSignal } from "../stop-on-signal.ts";
import { demoCommand } from "./demo.ts";
import { doctorCommand } from "./doctor.ts";
import { reviewCommand } from "./review.ts";
import { UsageError } from "./usage-error.ts";

/** Exit codes: 0 all is well, 1 findings at or above --fail-on, 2 the command could not be carried out. */
const failed = 2;

const program = new Command("codex-review")
  .description("Reviews pull requests: as a GitHub App, or on this machine against a local change.")
  .option("--verbose", "show where an error came from")
  .showHelpAfterError("(see codex-review --help)")
  .exitOverride();

program
  .command("serve")
  .description("run the GitHub App: web server, worker, or both")
  .option("--role <role>", "all, web or worker (default: ROLE, or all)")
  .action(async (options: { role?: string }) => {
    const { serve } = await import("../serve.ts");
    stopOnSignal(await serve({ ...process.env, ...(options.role === undefined ? {} : { ROLE: options.role }) }));
  });
for (const command of [reviewCommand(), demoCommand(), doctorCommand()])
  program.addCommand(command.copyInheritedSettings(program));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  // Commander has printed its own message, help included.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : failed;
  const expected =
    error instanceof UsageError || error instanceof ConfigurationError || error instanceof OperationalError;
  const verbose = program.opts<{ verbose?: boolean }>().verbose === true;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `codex-review: ${expected ? message : `unexpected error: ${message} (--verbose shows where)`}\n`,
  );
  if (verbose && error instanceof Error) process.stderr.write(`${error.stack ?? ""}\n`);
  return failed;
}
