import type { Command } from "commander";
import { compareRuns } from "../score/compare-runs.ts";
import { showComparison } from "../score/show-comparison.ts";
import { scoredRun } from "./score.ts";

export const addCompareCommand = (program: Command): void => {
  program
    .command("compare")
    .description("show two judged runs side by side, paired by case")
    .argument("<a>", "a run's folder")
    .argument("<b>", "another one")
    .option("--cases <folder>", "the folder of cases, where it is not the one that the runs name")
    .action((a: string, b: string, { cases }: { readonly cases?: string }) => {
      process.stdout.write(showComparison(compareRuns(scoredRun(a, cases), scoredRun(b, cases))));
    });
};
