import { ConfigurationError, environmentNames, readEnvironment, type Environment } from "../../config/env.ts";
import { readOperatorPolicy } from "../../config/operator.ts";
import type { Check } from "./check.ts";

export type ReadConfiguration =
  | { readonly read: true; readonly environment: Environment; readonly checks: readonly Check[] }
  | { readonly read: false; readonly checks: readonly Check[] };

/** Every value as the program reads it; nothing else can be looked at where one of them is wrong. */
export const checkEnvironment = (
  variables: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): ReadConfiguration => {
  try {
    const environment = readEnvironment(variables, readFile);
    readOperatorPolicy(environment, readFile);
    return { read: true, environment, checks: [{ result: "ok", topic: "environment", said: setValues(variables) }] };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const mend = "correct it in the environment or in .env; .env.example says what each value is";
    return { read: false, checks: [{ result: "failed", topic: "environment", said: error.message, mend }] };
  }
};

/** These are credentials, or hold one. */
const secret = new Set(["PRIVATE_KEY", "WEBHOOK_SECRET", "OPENAI_API_KEY", "GITHUB_TOKEN", "DATABASE_URL"]);

const setValues = (variables: Readonly<Record<string, string | undefined>>): string => {
  const values = environmentNames.flatMap((name) => {
    const value = variables[name]?.trim() ?? "";
    return value === "" ? [] : [secret.has(name) ? `${name} (set)` : `${name}=${value}`];
  });
  return values.length === 0 ? "nothing is set, so the defaults count" : values.join(", ");
};
