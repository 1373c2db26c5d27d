import { asyncRules } from "./ruff-async-rules.ts";
import { languageRules } from "./ruff-language-rules.ts";
import type { RuffRule } from "./ruff-rule.ts";
import { securityRules } from "./ruff-security-rules.ts";

const rules: ReadonlyMap<string, RuffRule> = new Map(
  [...languageRules, ...asyncRules, ...securityRules].flatMap((rule) => rule.codes.map((code) => [code, rule])),
);

export const ruffCodes: readonly string[] = [...rules.keys()];

export function ruffRule(code: string): RuffRule | null {
  return rules.get(code) ?? null;
}
