import { parseDocument } from "yaml";
import { z } from "zod";
import type { ReviewPolicy } from "../core/policy.ts";
import { ConfigurationError, type Environment } from "./env.ts";

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
});
export type OperatorPolicy = z.infer<typeof operatorSchema>;

/** The operator's limits: the file that OPERATOR_POLICY names, and variables over it. */
export const readOperatorPolicy = (environment: Environment, readFile: (path: string) => string): OperatorPolicy => {
  const fromFile = environment.OPERATOR_POLICY === undefined ? {} : readYaml(environment.OPERATOR_POLICY, readFile);
  const result = operatorSchema.safeParse({ ...fromFile, ...fromVariables(environment) });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ConfigurationError(
    `The operator policy is not valid: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}.`,
  );
};

const readYaml = (path: string, readFile: (path: string) => string): Record<string, unknown> => {
  const document = parseDocument(readFile(path), {});
  const [error] = document.errors;
  if (error !== undefined) throw new ConfigurationError(`OPERATOR_POLICY ${path} is not valid YAML: ${error.message}`);
  return z.record(z.string(), z.unknown()).parse(document.toJS({ maxAliasCount: 0 }) ?? {});
};

const fromVariables = (environment: Environment): Record<string, unknown> =>
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
