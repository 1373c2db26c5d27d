import type { Analyzer, Clock, Syntax } from "./ports.ts";
import type { Model } from "./model-ports.ts";

/** What a review needs of the outside, beside the change itself. */
export interface ReviewDeps {
  readonly analyzers: readonly Analyzer[];
  readonly syntax: Syntax;
  readonly clock: Clock;
  /** The journaled model of a run; null where none is configured, and then the analyzers review alone. */
  readonly modelOf: (runId: string) => Model | null;
  readonly models: { readonly finder: string; readonly verifier: string };
  /** The operator's own budgets, each in the place of the planned one where set: a slow model takes its time. */
  readonly overrides: {
    readonly minutes: number | null;
    readonly turns: number | null;
    readonly tokens: number | null;
  };
}
