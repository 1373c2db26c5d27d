import type { Budget } from "../core/budget.ts";
import type { ReviewBrief } from "../core/brief.ts";
import type { Candidate } from "../core/candidate.ts";
import type { ChangedFile, FileCoverage } from "../core/change.ts";
import type { EffortOfRun, EffortPlan } from "../core/effort.ts";
import { noUsage, type Notice, type Usage } from "../core/run.ts";
import type { Surroundings } from "../core/surroundings.ts";
import { prepareFinder, prepareNothing } from "./context/prepare-finder.ts";
import type { Withdrawn } from "./agent/candidate-book.ts";
import { findInBundles } from "./find-in-bundles.ts";
import { promptVersion } from "./prompts/prompt-version.ts";
import type { ReviewContext } from "./gather-context.ts";
import type { Model } from "./model-ports.ts";
import type { ReviewDeps } from "./review-deps.ts";
import type { ReviewInput } from "./review-input.ts";
import { runAnalyzers, type AnalyzersResult } from "./run-analyzers.ts";

/** What the finders claim, and what they read for it. */
export interface Found {
  readonly candidates: readonly Candidate[];
  /** What the agent reported and took back, for the run's trace. */
  readonly withdrawn: readonly Withdrawn[];
  readonly coverage: readonly FileCoverage[];
  /** Why a file that stands in no coverage was not read. */
  readonly unreadReason: string;
  readonly notices: readonly Notice[];
  /** What the model quoted as attempts to steer it. */
  readonly instructionsSeen: readonly string[];
  readonly usage: Usage;
  readonly model: string | null;
  readonly promptVersion: string | null;
  readonly effort: EffortOfRun | null;
  readonly verdict: string | null;
  /** What of the run's budget is left for the second reader. */
  readonly left: Budget;
}

interface Finding {
  readonly input: ReviewInput;
  readonly context: ReviewContext;
}

/** The second reader gets what the finder leaves, and at least this part of the run's money and time. */
const verifierShare = 0.3;

/** Asks the analyzers, then the agent, which is told what they found. */
export const find = async (deps: ReviewDeps, { input, context }: Finding, signal: AbortSignal): Promise<Found> => {
  const model = deps.modelOf(input.runId);
  const [analyzed, { effort, surroundings, bundles }] = await Promise.all([
    runAnalyzers(deps.analyzers, context.analyzed, signal),
    model === null ? prepareNothing(context) : prepareFinder({ syntax: deps.syntax, input, context }, signal),
  ]);
  const budget = budgetOf(deps, input, effort);
  if (effort.tier === "none")
    return withoutAgent(analyzed, { reason: effort.reasons.join("; "), notices: [], left: budget });
  if (model === null)
    return withoutAgent(analyzed, { reason: "no model is configured", notices: [noModel], left: budget });
  return askAgent(deps, { input, context, analyzed, model, effort, surroundings, bundles, budget }, signal);
};

const noModel: Notice = { kind: "model", text: "No model is configured; only the analyzers looked at this change." };

const withoutAgent = (
  analyzed: AnalyzersResult,
  why: { readonly reason: string; readonly notices: readonly Notice[]; readonly left: Budget },
): Found => ({
  candidates: analyzed.candidates,
  withdrawn: [],
  coverage: [],
  unreadReason: why.reason,
  notices: [...analyzed.notices, ...why.notices],
  instructionsSeen: [],
  usage: noUsage,
  model: null,
  promptVersion: null,
  effort: null,
  verdict: null,
  left: why.left,
});

const budgetOf = ({ overrides }: ReviewDeps, { policy }: ReviewInput, effort: EffortPlan): Budget => ({
  turns: overrides.turns ?? effort.turns,
  tokens: overrides.tokens ?? effort.tokens,
  seconds: (overrides.minutes ?? policy.budget.minutes) * 60,
  usd: policy.budget.usd_per_review,
});

interface Asking extends Finding {
  readonly analyzed: AnalyzersResult;
  readonly model: Model;
  readonly effort: EffortPlan;
  readonly surroundings: Surroundings;
  readonly bundles: readonly (readonly ChangedFile[])[];
  readonly budget: Budget;
}

const askAgent = async (deps: ReviewDeps, asking: Asking, signal: AbortSignal): Promise<Found> => {
  const { input, analyzed, model, effort, bundles, budget } = asking;
  const forFinder = {
    ...budget,
    seconds: budget.seconds * (1 - verifierShare),
    usd: shareOf(budget.usd, 1 - verifierShare),
  };
  const before = deps.clock.now().getTime();
  const found = await findInBundles(
    { model, trees: input.trees, syntax: deps.syntax, clock: deps.clock, modelName: deps.models.finder },
    { brief: briefOf(asking), bundles, budget: forFinder, effort: effort.effort },
    signal,
  );
  const seconds = (deps.clock.now().getTime() - before) / 1000;
  return {
    candidates: [...analyzed.candidates, ...found.candidates],
    withdrawn: found.withdrawn,
    coverage: found.coverage,
    unreadReason: "not read",
    notices: [...analyzed.notices, ...found.notices],
    instructionsSeen: found.instructionsSeen,
    usage: found.usage,
    model: deps.models.finder,
    promptVersion,
    effort: { tier: effort.tier, reasons: effort.reasons, bundles: bundles.length },
    verdict: found.verdict,
    left: {
      ...budget,
      seconds: Math.max(budget.seconds * verifierShare, budget.seconds - seconds),
      usd:
        budget.usd === null
          ? null
          : Math.max(shareOf(budget.usd, verifierShare) ?? 0, budget.usd - (found.usage.usd ?? 0)),
    },
  };
};

const shareOf = (usd: number | null, share: number): number | null => (usd === null ? null : usd * share);

const briefOf = ({ input, context, analyzed, effort, surroundings }: Asking): ReviewBrief => ({
  runId: input.runId,
  title: input.title,
  body: input.body,
  commitMessages: input.commitMessages,
  linkedIssues: input.linkedIssues,
  focus: input.focus,
  mode: input.mode,
  guidelines: context.guidelines,
  pathInstructions: input.policy.paths.rules.flatMap(({ path, instructions }) =>
    instructions === undefined ? [] : [{ path, instructions }],
  ),
  language: input.policy.review.language,
  files: context.review,
  bundle: null,
  surroundings,
  quick: effort.tier === "trivial",
  ignored: context.ignored,
  openThreads: input.threads.filter(({ isResolved }) => !isResolved),
  analyzerFindings: analyzed.candidates,
});
