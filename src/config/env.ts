import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { readAppFile } from "./app-file.ts";
import { pricesSchema } from "./prices.ts";

/** The problem is one sentence for whoever starts the program: what is wrong and what to do. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

export interface AppCredentials {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
}

/** Blank is missing: a compose file hands on variables that nobody filled in. */
const empty = (value: unknown): unknown => (typeof value === "string" && value.trim() === "" ? undefined : value);
const optional = z.preprocess(empty, z.string().optional());
const url = (name: string) => z.preprocess(empty, z.url(`${name} must be a URL`).optional());
const count = (fallback: number) => z.preprocess(empty, z.coerce.number().int().min(0).default(fallback));

const jsonPrices = z.preprocess(
  (value) => (typeof value === "string" && value.trim() !== "" ? parseJson(value) : undefined),
  pricesSchema.default({}),
);

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
};

const environmentSchema = z.object({
  APP_ID: z.preprocess(empty, z.coerce.number("APP_ID must be the App's number").int().positive().optional()),
  PRIVATE_KEY: optional,
  PRIVATE_KEY_PATH: optional,
  WEBHOOK_SECRET: optional,
  GHE_HOST: z.preprocess(
    empty,
    z
      .string()
      .regex(/^(?:https?:\/\/)?[\w.-]+(?::\d+)?$/, "GHE_HOST must be a host name")
      .optional(),
  ),
  WEBHOOK_PROXY_URL: url("WEBHOOK_PROXY_URL"),
  HOST: z.preprocess(empty, z.string().default("127.0.0.1")),
  PORT: z.preprocess(empty, z.coerce.number().int().min(0).max(65_535).default(3000)),
  ROLE: z.preprocess(empty, z.enum(["all", "web", "worker"]).default("all")),
  DATA_DIR: z.preprocess(empty, z.string().default("data")),
  DATABASE_URL: optional,
  OPENAI_API_KEY: optional,
  OPENAI_BASE_URL: url("OPENAI_BASE_URL"),
  MODEL: z.preprocess(empty, z.string().default("gpt-5-codex")),
  MODEL_VERIFIER: optional,
  MODEL_FALLBACK: optional,
  MODEL_API: z.preprocess(empty, z.enum(["responses", "chat"]).default("responses")),
  MODEL_PRICES: jsonPrices,
  MODEL_TIMEOUT: count(300),
  REVIEW_MINUTES: z.preprocess(empty, z.coerce.number().positive().optional()),
  REVIEW_TURNS: z.preprocess(empty, z.coerce.number().int().positive().optional()),
  REVIEW_TOKENS: z.preprocess(empty, z.coerce.number().int().positive().optional()),
  LOG_LEVEL: z.preprocess(
    empty,
    z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  ),
  GITHUB_TOKEN: optional,
  OPERATOR_POLICY: optional,
  ALLOWED_OWNERS: optional,
  FORKS: z.preprocess(empty, z.enum(["members", "after_command", "all"]).optional()),
  CONCURRENCY: z.preprocess(empty, z.coerce.number().int().min(1).max(64).optional()),
  USD_PER_REVIEW: z.preprocess(empty, z.coerce.number().positive().optional()),
  USD_PER_DAY: z.preprocess(empty, z.coerce.number().positive().optional()),
  REVIEWS_PER_AUTHOR_AND_DAY: z.preprocess(empty, z.coerce.number().int().positive().optional()),
  ALLOWED_MODELS: optional,
});

export type Environment = Omit<
  z.infer<typeof environmentSchema>,
  "APP_ID" | "PRIVATE_KEY" | "PRIVATE_KEY_PATH" | "WEBHOOK_SECRET"
> & {
  /** Null where none of the App's values is set: then the program starts in setup mode. */
  readonly app: AppCredentials | null;
};

/** The names of all variables, for `.env.example` and its test. */
export const environmentNames: readonly string[] = Object.keys(environmentSchema.shape);

/**
 * Reads the environment; the only place that does. Where it names no App, the one that setup mode registered counts.
 * Throws a ConfigurationError with one sentence on each problem. A blank value is a missing one.
 */
export const readEnvironment = (
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string = (path) => readFileSync(path, "utf8"),
): Environment => {
  const result = environmentSchema.safeParse(withRegisteredApp(env, readFile));
  if (!result.success) throw new ConfigurationError(result.error.issues.map(problemOf).join(" "));
  const { APP_ID, PRIVATE_KEY, PRIVATE_KEY_PATH, WEBHOOK_SECRET, ...rest } = result.data;
  const key = PRIVATE_KEY ?? (PRIVATE_KEY_PATH === undefined ? undefined : readKeyFile(PRIVATE_KEY_PATH, readFile));
  return { ...rest, app: credentialsOf({ APP_ID, key, WEBHOOK_SECRET }) };
};

const appNames = ["APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH", "WEBHOOK_SECRET"] as const;

/** All or nothing: one App's key with another's id would fail far from here. */
const withRegisteredApp = (
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): Readonly<Record<string, unknown>> => {
  if (appNames.some((name) => empty(env[name]) !== undefined)) return env;
  const dataDir = environmentSchema.shape.DATA_DIR.parse(env["DATA_DIR"]);
  try {
    return { ...env, ...readAppFile(dataDir, readFile) };
  } catch (error) {
    throw new ConfigurationError(`the registered App in ${dataDir} cannot be read: check the folder's permissions.`, {
      cause: error,
    });
  }
};

const problemOf = (issue: z.core.$ZodIssue): string => {
  const name = String(issue.path[0]);
  return issue.message.startsWith(name) ? `${issue.message}.` : `${name} is not valid: ${issue.message}.`;
};

const readKeyFile = (path: string, readFile: (path: string) => string): string => {
  try {
    return readFile(path);
  } catch (error) {
    throw new ConfigurationError(`PRIVATE_KEY_PATH names a file that cannot be read: ${path}.`, { cause: error });
  }
};

const credentialsOf = (values: {
  readonly APP_ID: number | undefined;
  readonly key: string | undefined;
  readonly WEBHOOK_SECRET: string | undefined;
}): AppCredentials | null => {
  const { APP_ID: appId, key, WEBHOOK_SECRET: webhookSecret } = values;
  if (appId === undefined && key === undefined && webhookSecret === undefined) return null;
  if (appId !== undefined && key !== undefined && webhookSecret !== undefined)
    return { appId, privateKey: readPrivateKey(key), webhookSecret };
  const missing = [
    ...(appId === undefined ? ["APP_ID"] : []),
    ...(key === undefined ? ["PRIVATE_KEY (or PRIVATE_KEY_PATH)"] : []),
    ...(webhookSecret === undefined ? ["WEBHOOK_SECRET"] : []),
  ];
  throw new ConfigurationError(
    `${missing.join(" and ")} missing: set all of the App's values, or none for setup mode.`,
  );
};

/** A PEM as it is, with `\n` written out, or in base64. */
const readPrivateKey = (value: string): string => {
  const pem = value.includes("-----BEGIN")
    ? value.replaceAll(String.raw`\n`, "\n")
    : Buffer.from(value, "base64").toString("utf8");
  try {
    createPrivateKey(pem);
    return pem;
  } catch (error) {
    const message = "PRIVATE_KEY is not a PEM private key: paste the file that GitHub gave you, as it is or in base64.";
    throw new ConfigurationError(message, { cause: error });
  }
};
