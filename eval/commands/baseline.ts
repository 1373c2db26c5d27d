import type { Command } from "commander";
import { baselineVersion, createBaselineWork } from "../baseline/find-problems.ts";
import { configuredModel, reviewVariables } from "../settings.ts";
import { aboutRun, askAboutCases, withAskOptions, type AskOptions } from "./run.ts";

export const addBaselineCommand = (program: Command): void => {
  withAskOptions(program.command("baseline"))
    .description("ask the configured model once about each case's diff, for comparison with the pipeline")
    .action(async (options: AskOptions) => {
      const variables = reviewVariables(process.env);
      const configured = configuredModel(variables);
      const about = {
        ...aboutRun(options, configured, variables),
        kind: "baseline",
        policy: null,
        promptVersion: baselineVersion,
      } as const;
      await askAboutCases({ options, about, configured, work: createBaselineWork(configured.finder) });
    });
};
