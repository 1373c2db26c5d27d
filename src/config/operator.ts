import { parseDocument } from "yaml";
import { z } from "zod";
import type { ReviewPolicy } from "../core/policy.ts";
import { ConfigurationError, type Environment } from "./env.ts";
import { pricesSchema } from "./prices.ts";

/** The host's own limits; no repository can exceed them. */
const operatorSchema = z.strictObject({
  /** Owners whose repositories are served, in lower case; empty means the App's owner alone. */
  allowed_owners: z.array(z.string().toLowerCase()).default([]),
  forks: z.enum(["members", "after_command", "all"]).default("members"),
  usd_per_review: z.number().positive().default(5),
  usd_per_day: z.number().positive().default(100),
  reviews_per_author_and_day: z.int().positive().default(50),
  /** Empty means the configured models. */
  allowed_models: z.array(z.string()).default([]),
  concurrency: z.int().min(1).max(64).default(4),
  model_prices: pricesSchema.default({}),
});
export type OperatorPolicy = z.infer<typeof operatorSchema>;

/** The operator's limits: the file that OPERATOR_POLICY names, and variables over it. */
export const readOperatorPolicy = (environment: Environment, readFile: (path: string) => string): OperatorPolicy => {
  const fromFile = environment.OPERATOR_POLICY === undefined ? {} : readYaml(environment.OPERATOR_POLICY, readFile);
  const result = operatorSchema.safeParse({ ...fromFile, ...fromVariables(environment) });
  if (result.success) return withPrices(withAllowedModels(result.data, environment), environment);
  const problems = result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new ConfigurationError(`The operator policy is not valid: ${problems.join("; ")}.`);
};

/** Prices stand above the file model by model: one that only the file names keeps its price. */
const withPrices = (operator: OperatorPolicy, { MODEL_PRICES: prices }: Environment): OperatorPolicy => ({
  ...operator,
  model_prices: { ...operator.model_prices, ...prices },
});

/** A model that is not on the operator's own list is a slip worth stopping for. */
const withAllowedModels = (operator: OperatorPolicy, environment: Environment): OperatorPolicy => {
  const { allowed_models: allowed } = operator;
  const configured = [environment.MODEL, environment.MODEL_VERIFIER, environment.MODEL_FALLBACK];
  const refused = configured.filter((model) => model !== undefined && !allowed.includes(model));
  if (allowed.length === 0 || refused.length === 0) return operator;
  throw new ConfigurationError(`The operator policy does not allow ${refused.join(", ")}: see allowed_models.`);
};

const readYaml = (path: string, readFile: (path: string) => string): Readonly<Record<string, unknown>> => {
  try {
    const document = parseDocument(readFile(path));
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return z.record(z.string(), z.unknown()).parse(document.toJS({ maxAliasCount: 0 }) ?? {});
  } catch (error) {
    throw new ConfigurationError(`OPERATOR_POLICY names a file that is no readable YAML mapping: ${path}.`, {
      cause: error,
    });
  }
};

const fromVariables = (environment: Environment): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries({
      allowed_owners: listOf(environment.ALLOWED_OWNERS),
      forks: environment.FORKS,
      usd_per_review: environment.USD_PER_REVIEW,
      usd_per_day: environment.USD_PER_DAY,
      reviews_per_author_and_day: environment.REVIEWS_PER_AUTHOR_AND_DAY,
      allowed_models: listOf(environment.ALLOWED_MODELS),
      concurrency: environment.CONCURRENCY,
    }).filter(([, value]) => value !== undefined),
  );

const listOf = (text: string | undefined): readonly string[] | undefined =>
  text
    ?.split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

/** A repository's policy with the operator's limits on it. */
export const clampPolicy = (policy: ReviewPolicy, operator: OperatorPolicy): ReviewPolicy => ({
  ...policy,
  budget: {
    ...policy.budget,
    usd_per_review: Math.min(policy.budget.usd_per_review, operator.usd_per_review),
    usd_per_day: Math.min(policy.budget.usd_per_day, operator.usd_per_day),
  },
});
