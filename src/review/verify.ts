import { addUsage, type Budget } from "../core/budget.ts";
import { severities } from "../core/candidate.ts";
import type { Judged } from "../core/evidence.ts";
import { inParallel } from "../core/in-parallel.ts";
import { noUsage, type Notice, type Usage } from "../core/run.ts";
import type { VerifierEvidence } from "../core/verifier-evidence.ts";
import { ModelError } from "./errors.ts";
import { createSpendLimit } from "./spend-limit.ts";
import { verifyClaim, type VerifiedClaim, type VerifierDeps } from "./verify-claim.ts";

export interface VerifyTask {
  readonly runId: string;
  /** What the first pass left standing. */
  readonly judged: readonly Judged[];
  /** `seconds` and `usd` are for all claims together, `turns` and `tokens` bound each one. */
  readonly budget: Budget;
}

export interface Verification {
  /** By candidate id; one for each candidate of the task. */
  readonly verdicts: ReadonlyMap<string, VerifierEvidence>;
  readonly usage: Usage;
  readonly notices: readonly Notice[];
}

const atOnce = 4;
const mostClaims = 40;
const perClaim = { turns: 12, tokens: 400_000 } as const;

/**
 * Asks the second reader about each candidate, the most severe first, four at a time. What could not be asked (budget
 * spent, model down) is "not_verified" with the reason: a missing second reader never loses a finding.
 */
export const verifyCandidates = async (
  deps: VerifierDeps,
  { runId, judged, budget }: VerifyTask,
  signal: AbortSignal,
): Promise<Verification> => {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const startedAt = deps.clock.now().getTime();
  const queue = judged.toSorted(byWorth);
  const verdicts = new Map<string, VerifierEvidence>();
  const limit = createSpendLimit(budget.usd);
  let usage = noUsage;
  const budgetLeft = (): Budget => ({
    turns: Math.min(perClaim.turns, budget.turns),
    tokens: Math.min(perClaim.tokens, budget.tokens),
    seconds: budget.seconds - (deps.clock.now().getTime() - startedAt) / 1000,
    usd: budget.usd,
  });
  const ask = async (claim: Judged): Promise<void> => {
    const { model, usdElsewhere } = limit.open(deps.model);
    const verified = await tryClaim({ ...deps, model }, { runId, judged: claim, budgetLeft, usdElsewhere }, either);
    usage = addUsage(usage, verified.usage);
    verdicts.set(claim.candidate.id, verified.evidence);
  };
  // One that fails for good must not leave the others asking on.
  await inParallel(queue.slice(0, mostClaims), atOnce, ask).finally(() => stop.abort());
  for (const { candidate } of queue.slice(mostClaims))
    verdicts.set(candidate.id, {
      verdict: "not_verified",
      reason: `only ${mostClaims} claims are verified in one run`,
    });
  return { verdicts, usage, notices: noticesOf(verdicts) };
};

/** A model that is down is the stage's boundary: the finding stays, unconfirmed. */
const tryClaim = async (
  deps: VerifierDeps,
  task: Parameters<typeof verifyClaim>[1],
  signal: AbortSignal,
): Promise<VerifiedClaim> => {
  if (task.budgetLeft().seconds <= 0) return notVerified("the time for verification is spent");
  try {
    return await verifyClaim(deps, task, signal);
  } catch (error) {
    if (!(error instanceof ModelError) || error.kind === "replay") throw error;
    return notVerified(error.message);
  }
};

const notVerified = (reason: string): VerifiedClaim => ({
  evidence: { verdict: "not_verified", reason },
  usage: noUsage,
});

const byWorth = (a: Judged, b: Judged): number =>
  severities.indexOf(a.candidate.severity) - severities.indexOf(b.candidate.severity) ||
  b.candidate.confidence - a.candidate.confidence ||
  (a.candidate.id < b.candidate.id ? -1 : 1);

const noticesOf = (verdicts: ReadonlyMap<string, VerifierEvidence>): readonly Notice[] => {
  const reasons = [...verdicts.values()].flatMap((said) => (said.verdict === "not_verified" ? [said.reason] : []));
  if (reasons.length === 0) return [];
  const why = [...new Set(reasons)].slice(0, 3).join("; ");
  return [{ kind: "model", text: `${reasons.length} of ${verdicts.size} findings were not verified: ${why}.` }];
};
