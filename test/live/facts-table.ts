import type { Fact } from "./fact.ts";

/** The rows of docs/github-facts.md. */
export const factRows = (facts: readonly Fact[]): readonly string[] =>
  facts.map((fact, at) => {
    const mark = fact.documented === null ? "assumed" : `[documented](${fact.documented})`;
    const check = "unchecked" in fact ? `none: ${fact.unchecked}` : `\`${fact.name}\`${needs(fact.needs)}`;
    return `| ${at + 1} | ${fact.statement} | ${mark} | ${check} |`;
  });

const needs = (what: "app" | "webhook" | null): string => {
  if (what === null) return "";
  return what === "app" ? " (App)" : " (App with a webhook)";
};
