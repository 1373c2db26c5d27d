import { composeModel } from "../src/compose.ts";
import { readEnvironment } from "../src/config/env.ts";
import type { Model } from "../src/review/model-ports.ts";
import { pino } from "pino";
import { EvalError } from "./eval-error.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** Whoever answers slowly is not to be cut off by the clock: an hour an answer, ten hours a review. */
const patience = { MODEL_TIMEOUT: "3600", REVIEW_MINUTES: "600" } as const;

/** The variables of the model and the reviews, as they are set or as the harness wants them; no others reach the app. */
export const reviewVariables = (env: Variables): Readonly<Record<string, string>> => ({
  ...patience,
  ...Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] =>
        /^(?:OPENAI_|MODEL|REVIEW_)/.test(entry[0]) && entry[1] !== undefined && entry[1] !== "",
    ),
  ),
});

/** Those of the variables that a run's record may show: no key, and no address, which says nothing elsewhere. */
export const shownSettings = (variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => !name.startsWith("OPENAI_")));

export interface ConfiguredModel {
  readonly model: Model;
  readonly finder: string;
  readonly verifier: string;
  readonly api: string;
}

/** The model that the variables name; throws an EvalError where they name none. */
export const configuredModel = (variables: Readonly<Record<string, string>>): ConfiguredModel => {
  const environment = readEnvironment(variables);
  const logger = pino({ level: "warn" }, { write: (line: string) => void process.stderr.write(line) });
  const model = composeModel(environment, logger);
  if (model === null) throw new EvalError("set OPENAI_BASE_URL or OPENAI_API_KEY: there is no model to ask");
  const finder = environment.MODEL;
  return { model, finder, verifier: environment.MODEL_VERIFIER ?? finder, api: environment.MODEL_API };
};
