import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { promptVersion } from "../../src/review/prompts/prompt-version.ts";
import { createSyntax } from "../../src/syntax/create-syntax.ts";
import { systemClock } from "../../src/system-clock.ts";
import { readCases, type EvalCase } from "../case/read-cases.ts";
import { EvalError } from "../eval-error.ts";
import { createProgress } from "../run/progress.ts";
import type { AboutRun } from "../run/result.ts";
import { createReviewWork } from "../run/review-work.ts";
import { runCases, type RunInput } from "../run/run-cases.ts";
import { openRunFolder } from "../run/run-folder.ts";
import { createSpending } from "../run/spending.ts";
import { configuredModel, reviewVariables, shownSettings, type ConfiguredModel } from "../settings.ts";

/** What every command that asks a model about cases takes. */
export interface AskOptions {
  readonly cases: string;
  readonly only?: string;
  readonly atOnce: string;
  readonly maxUsd?: string;
  readonly out: string;
  readonly answeredBy: string;
  readonly note: string;
}

interface RunOptions extends AskOptions {
  readonly precision?: string;
  readonly policy?: string;
}

export const withAskOptions = (command: Command): Command =>
  command
    .requiredOption("--cases <folder>", "a folder with cases.json, such as eval/cases")
    .requiredOption("--out <folder>", "where the run goes; one that was cut off is taken up again")
    .requiredOption("--answered-by <who>", "who or what answers as the model")
    .option("--only <ids>", "these cases alone, with commas between them")
    .option("--at-once <n>", "cases at the same time", "4")
    .option("--max-usd <n>", "ask nothing more once this is spent; needs MODEL_PRICES")
    .option("--note <words>", "what else a reader of the run should know", "");

export const addRunCommand = (program: Command): void => {
  withAskOptions(program.command("run"))
    .description("review the cases by the real pipeline with the configured model")
    .option("--precision <dial>", "strict, balanced or thorough, as the policy of every repository")
    .option("--policy <file>", "a policy file for every repository, in the place of --precision")
    .action(async (options: RunOptions) => {
      const variables = reviewVariables(process.env);
      const configured = configuredModel(variables);
      const policy = policyOf(options);
      const about = { ...aboutRun(options, configured, variables), kind: "review", policy } as const;
      const work = createReviewWork({ env: variables, policy, syntax: createSyntax() });
      await askAboutCases({ options, about, configured, work });
    });
};

/** The text of the policy file; null for the defaults. */
export const policyOf = ({ precision, policy }: Pick<RunOptions, "precision" | "policy">): string | null => {
  if (policy !== undefined) return readFileSync(policy, "utf8");
  return precision === undefined ? null : `review:\n  precision: ${precision}\n`;
};

export const aboutRun = (
  options: AskOptions,
  { finder, verifier, api }: ConfiguredModel,
  variables: Readonly<Record<string, string>>,
): Omit<AboutRun, "kind" | "policy"> => ({
  created: systemClock.now().toISOString(),
  answeredBy: options.answeredBy,
  note: options.note,
  model: finder,
  verifier,
  api,
  promptVersion,
  cases: options.cases,
  settings: shownSettings(variables),
});

/** The cases that were asked for; throws an EvalError for one that is not there. */
const chosenCases = ({ cases: folder, only }: Pick<AskOptions, "cases" | "only">): readonly EvalCase[] => {
  const cases = readCases(folder);
  if (only === undefined) return cases;
  const wanted = only.split(",").map((id) => id.trim());
  const missing = wanted.filter((id) => !cases.some((one) => one.id === id));
  if (missing.length > 0) throw new EvalError(`${folder} has no case ${missing.join(", ")}`);
  return cases.filter(({ id }) => wanted.includes(id));
};

interface Asking {
  readonly options: AskOptions;
  readonly about: AboutRun;
  readonly configured: Pick<ConfiguredModel, "model">;
  readonly work: RunInput["work"];
}

/** Works on the chosen cases until they are complete, the money is spent or somebody interrupts. */
export const askAboutCases = async ({ options, about, configured, work }: Asking): Promise<void> => {
  const folder = openRunFolder(options.out, about);
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.once(name, () => stop.abort(new EvalError("interrupted; the same command goes on")));
  const failures = await runCases(
    {
      cases: chosenCases(options),
      folder,
      atOnce: positive(options.atOnce, "--at-once"),
      model: configured.model,
      spending: createSpending(options.maxUsd === undefined ? null : positive(options.maxUsd, "--max-usd")),
      clock: systemClock,
      progress: createProgress({ write: (text) => void process.stderr.write(text), live: process.stderr.isTTY }),
      work,
    },
    stop.signal,
  );
  if (failures.length > 0)
    throw new EvalError(`${failures.length} cases are not complete; the same command goes on with them`);
};

export const positive = (text: string, option: string): number => {
  const value = Number(text);
  if (!(value > 0)) throw new EvalError(`${option} takes a number above 0`);
  return value;
};
