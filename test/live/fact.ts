import type { Stage } from "./stage.ts";

/** What a check needs beside a token that may write to the repository. */
type Needs = "app" | "webhook" | null;

/**
 * One statement about GitHub that the app, or the simulator, stands on. `documented` is the page that says so; without
 * one it is assumed. Without a check, `unchecked` says why.
 */
export type Fact = {
  readonly statement: string;
  readonly documented: string | null;
} & (
  | { readonly name: string; readonly needs: Needs; readonly check: (stage: Stage) => Promise<void> }
  | { readonly unchecked: string }
);

export interface FactResult {
  readonly number: number;
  readonly statement: string;
  readonly name: string | null;
  readonly outcome: "holds" | "fails" | "not checked";
  readonly note: string;
}

const missing = (needs: Needs, { app }: Stage): string | null => {
  if (needs !== null && app === null) return "needs the credentials of an App";
  return needs === "webhook" && app?.hasWebhook === false ? "needs an App with a webhook URL" : null;
};

/** Checks facts one after the other: they share one pull request, which allows one pending review. */
export const checkFacts = async (
  facts: readonly Fact[],
  stage: Stage,
  report: (result: FactResult) => void,
): Promise<readonly FactResult[]> => {
  const results: FactResult[] = [];
  for (const [at, fact] of facts.entries()) {
    const result = { number: at + 1, ...(await checkFact(fact, stage)) };
    report(result);
    results.push(result);
  }
  return results;
};

const checkFact = async (fact: Fact, stage: Stage): Promise<Omit<FactResult, "number">> => {
  const { statement } = fact;
  if ("unchecked" in fact) return { statement, name: null, outcome: "not checked", note: fact.unchecked };
  const { name } = fact;
  const lacking = missing(fact.needs, stage);
  if (lacking !== null) return { statement, name, outcome: "not checked", note: lacking };
  try {
    await fact.check(stage);
    return { statement, name, outcome: "holds", note: "" };
  } catch (error) {
    // The result of a check is what it threw; the next fact is checked all the same.
    return { statement, name, outcome: "fails", note: error instanceof Error ? error.message : String(error) };
  }
};
