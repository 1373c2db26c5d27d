import type { Command } from "commander";
import { createSyntax } from "../../src/syntax/create-syntax.ts";
import { systemClock } from "../../src/system-clock.ts";
import { EvalError } from "../eval-error.ts";
import { createReplayWork } from "../run/replay-work.ts";
import type { AboutRun } from "../run/result.ts";
import { readRunFolder } from "../run/run-folder.ts";
import { ModelError } from "../../src/review/errors.ts";
import type { Model } from "../../src/review/model-ports.ts";
import { askAboutCases, policyOf } from "./run.ts";

interface ReplayOptions {
  readonly out: string;
  readonly cases?: string;
  readonly only?: string;
  readonly atOnce: string;
  readonly precision?: string;
  readonly policy?: string;
}

export const addReplayCommand = (program: Command): void => {
  program
    .command("replay")
    .description("run the pipeline again over a run's journals, without a model, with other settings of the filter")
    .argument("<run>", "the run's folder")
    .requiredOption("--out <folder>", "where the new run goes")
    .option("--precision <dial>", "strict, balanced or thorough, as the policy of every repository")
    .option("--policy <file>", "a policy file for every repository, in the place of --precision")
    .option("--cases <folder>", "the folder of cases, where it is not the one that the run names")
    .option("--only <ids>", "these cases alone, with commas between them")
    .option("--at-once <n>", "cases at the same time", "4")
    .action(replay);
};

const replay = async (dir: string, options: ReplayOptions): Promise<void> => {
  const source = readRunFolder(dir);
  if (source.about.kind === "baseline") throw new EvalError("a baseline has no filter to run again");
  const policy = policyOf(options);
  const about: AboutRun = {
    ...source.about,
    kind: "replay",
    created: systemClock.now().toISOString(),
    note: `replayed from ${dir}. ${source.about.note}`.trim(),
    policy,
    cases: options.cases ?? source.about.cases,
  };
  const done = source.results.map((result) => result.case);
  const { settings: env } = source.about;
  await askAboutCases({
    options: {
      ...options,
      cases: about.cases,
      only: options.only ?? done.join(","),
      answeredBy: about.answeredBy,
      note: "",
    },
    about,
    configured: { model: nobody },
    work: createReplayWork({ env, policy, syntax: createSyntax(), journalOf: source.journalOf }),
  });
};

/** A replay asks no model. */
const nobody: Model = { turn: () => Promise.reject(new ModelError("replay", "a replay asks no model")) };
