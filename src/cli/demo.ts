import { Command } from "commander";
import type { DemoOptions } from "./demo/demo-options.ts";
import { UsageError } from "./usage-error.ts";

export const demoCommand = (): Command =>
  new Command("demo")
    .description("review a pull request with planted defects, on a GitHub that runs on this machine")
    .option("--output <folder>", "where the pull request's page and the logs go", "demo-output")
    .option("--stay", "leave both servers running until Ctrl-C")
    .option("--record <folder>", "keep the model's answers there, as journal-1.jsonl and journal-2.jsonl")
    .option("--answered-by <who>", "with --record: who or what answers")
    .option("--note <words>", "with --record: what else a reader should know")
    .action(async (options: DemoOptions) => {
      // The simulator, the store and the analyzers take a while to load, which no other command should pay for.
      const { runDemo } = await import("./demo/run-demo.ts");
      const stop = new AbortController();
      for (const name of ["SIGINT", "SIGTERM"] as const)
        process.once(name, () => stop.abort(new UsageError("interrupted")));
      const live = process.stdout.isTTY;
      const colors = live && process.env["NO_COLOR"] === undefined;
      await runDemo(
        options,
        { env: process.env, terminal: { write: (text) => void process.stdout.write(text), live, colors } },
        stop.signal,
      );
    });
