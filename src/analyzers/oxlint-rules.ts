import { languageRules } from "./oxlint-language-rules.ts";
import { pluginRules } from "./oxlint-plugin-rules.ts";
import type { OxlintRule } from "./oxlint-rule.ts";

const rules: ReadonlyMap<string, OxlintRule> = new Map([
  ...Object.entries(languageRules),
  ...Object.entries(pluginRules),
]);

/** The rule of a diagnostic's code, which oxlint writes as "eslint(no-self-assign)" or "oxc(erasing-op)". */
export function ruleOfCode(code: string): { readonly name: string; readonly rule: OxlintRule } | null {
  const [, plugin, name] = /^([\w-]+)\(([\w-]+)\)$/.exec(code) ?? [];
  if (plugin === undefined || name === undefined) return null;
  const key = plugin === "eslint" ? name : `${plugin === "react-hooks" ? "react" : plugin}/${name}`;
  const rule = rules.get(key);
  return rule === undefined ? null : { name: key, rule };
}

/** oxlint's configuration: our rules and nothing else. */
export function oxlintConfig(): string {
  return JSON.stringify({
    plugins: ["oxc", "typescript", "unicorn", "promise", "node", "react", "vitest"],
    categories: { correctness: "off" },
    rules: Object.fromEntries([...rules.keys()].map((name) => [name, "error"])),
  });
}
