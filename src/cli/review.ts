import { Command, Option } from "commander";
import { severities } from "../core/candidate.ts";
import { readEnvironment } from "../config/env.ts";
import { exitCodeOf, type ReportInput } from "./report/report.ts";
import { jsonReport } from "./report/json-report.ts";
import { markdownReport } from "./report/markdown-report.ts";
import { sarifReport } from "./report/sarif-report.ts";
import { textReport } from "./report/text-report.ts";
import { reviewLocal } from "./review-local.ts";
import type { Format, ReviewOptions } from "./review-options.ts";
import { reviewPullRequest } from "./review-pull-request.ts";
import { UsageError } from "./usage-error.ts";

export const reviewCommand = (): Command =>
  new Command("review")
    .description("review a local change, or a pull request as owner/repo#12 (needs GITHUB_TOKEN)")
    .argument("[pull-request]", "owner/repo#12; without it the repository in this folder is reviewed")
    .option("--base <revision>", "what to compare with; without --head the uncommitted changes against it")
    .option("--head <revision>", "the revision to review (default: the working tree)")
    .option("--focus <words>", "what to look at")
    .option("--security", "look for security defects alone")
    .addOption(
      new Option("--format <format>", "how to print").choices(["text", "json", "sarif", "markdown"]).default("text"),
    )
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 where a finding on a line is at least this severe")
        .choices([...severities, "never"])
        .default("never"),
    )
    .option("--dry-run", "pull request: print what would be posted (the default)")
    .option("--post", "pull request: post the review")
    .action(async (target: string | undefined, options: ReviewOptions) => {
      process.exitCode = await review(target, options);
    });

const review = async (target: string | undefined, options: ReviewOptions): Promise<number> => {
  if (options.post === true && options.dryRun === true)
    throw new UsageError("--post and --dry-run contradict each other");
  if (options.post === true && target === undefined) throw new UsageError("--post needs a pull request: owner/repo#12");
  const environment = readEnvironment(process.env);
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort(new UsageError("interrupted")));
  const run = { options, environment, processEnvironment: process.env };
  const report =
    target === undefined
      ? await reviewLocal({ ...run, dir: process.cwd() }, stop.signal)
      : await reviewPullRequest({ ...run, target }, stop.signal);
  process.stdout.write(printers[options.format](report));
  return exitCodeOf(report.result, options.failOn);
};

const printers: Readonly<Record<Format, (report: ReportInput) => string>> = {
  text: (report) => textReport(report, { color: process.stdout.isTTY && process.env["NO_COLOR"] === undefined }),
  json: jsonReport,
  sarif: sarifReport,
  markdown: markdownReport,
};
