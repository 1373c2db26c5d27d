import type { FileCoverage } from "./change.ts";
import type { EffortOfRun } from "./effort.ts";
import type { Finding } from "./finding.ts";
import type { Judged } from "./evidence.ts";
import type { StandingFinding } from "./standing-findings.ts";
import type { SteeringMentions } from "./steering/mention-attempts.ts";

/** Tokens and money of one or many model calls. `usd` is null where a price is not known: never 0. */
export interface Usage {
  readonly calls: number;
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
  readonly usd: number | null;
}

export const noUsage: Usage = { calls: 0, inputTokens: 0, cachedTokens: 0, outputTokens: 0, usd: 0 };

/** One sentence each that must not be hidden: a spent budget, an unreadable file, a broken policy file. */
export interface Notice {
  readonly kind: "partial" | "policy" | "budget" | "model" | "guideline" | "replay";
  readonly text: string;
}

/** What a review found, before anything is published. */
export interface ReviewResult {
  readonly runId: string;
  readonly headSha: string;
  readonly mergeBase: string;
  readonly findings: readonly Finding[];
  readonly judged: readonly Judged[];
  /** What earlier rounds said and nobody has resolved. */
  readonly standing: readonly StandingFinding[];
  readonly coverage: readonly FileCoverage[];
  readonly notices: readonly Notice[];
  /** Text of the change that tries to steer its review; told to people, and nothing else follows from it. */
  readonly steering: SteeringMentions;
  readonly usage: Usage;
  readonly model: string | null;
  readonly promptVersion: string | null;
  /** How hard a model looked, and why; null where none did. */
  readonly effort: EffortOfRun | null;
  /** What the agent said of the change as a whole; plain text, not yet made safe. */
  readonly verdict: string | null;
}

/** How a run ended, as BEHAVIOUR's outcome table names it. */
export type Outcome =
  | Reviewed
  | { readonly kind: "skipped"; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string };

/** What a run leaves in the store when it ends; small, and kept with its plan until all of it is published. */
export type RunEnding =
  | { readonly kind: "reviewed"; readonly mergeBase: string; readonly partial: boolean }
  | { readonly kind: "skipped"; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "superseded" };

export const endingOf = (outcome: Outcome): RunEnding =>
  outcome.kind === "reviewed"
    ? { kind: "reviewed", mergeBase: outcome.result.mergeBase, partial: outcome.partial }
    : outcome;

export interface Reviewed {
  readonly kind: "reviewed";
  readonly result: ReviewResult;
  readonly partial: boolean;
}
