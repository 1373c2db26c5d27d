import { buildPlan } from "../core/build-plan.ts";
import { failurePlan } from "../core/failure-plan.ts";
import { runMarker } from "../core/marker.ts";
import type { PublishPlan } from "../core/plan.ts";
import type { PlannedEnding } from "../core/plan-codec.ts";
import type { PlanInput } from "../core/plan-input.ts";
import type { PullRequestRef } from "../core/pull-request.ts";
import type { ReviewRequest } from "../core/request.ts";
import { answerRequests } from "./answer-requests.ts";
import { OperationalError, SupersededError } from "./errors.ts";
import type { JobDeps } from "./job-deps.ts";
import { reasonOf } from "./may-try-again.ts";
import { openRun } from "./open-run.ts";
import { publish } from "./publish.ts";
import { storedPlan } from "./stored-plan.ts";
import { unlessRefused } from "./unless-refused.ts";

/** Requests that no further try will answer, and why. */
interface Failed {
  readonly ref: PullRequestRef;
  readonly requests: readonly ReviewRequest[];
  readonly error: unknown;
}

/**
 * Gives requests up: says once on the pull request why nothing came of them, and answers them. What GitHub refuses to
 * be told is logged. Where GitHub cannot be reached at all nothing was said to anybody, so it throws the failure that
 * it was called for, the requests stay open and the job ends among the dead letters.
 */
export const giveUp = async (deps: JobDeps, failed: Failed, signal: AbortSignal): Promise<void> => {
  const { ref, requests, error } = failed;
  deps.onFailure(error);
  try {
    const quietly = (note: string) => answerRequests(deps, requests, { runId: null, note });
    if (!(await deps.limits.serves(ref.owner))) return await quietly("the operator does not serve this owner");
    const headSha = await deps.host.readHead(ref, signal);
    if (headSha === null) return await quietly("the pull request is gone");
    await endAsFailed(deps, { ...failed, headSha }, signal);
  } catch (unsaid) {
    if (signal.aborted || unsaid instanceof SupersededError) throw unsaid;
    deps.onFailure(
      new OperationalError(
        `nobody could be told that ${ref.owner}/${ref.name}#${ref.number} is not reviewed; what was asked stays open`,
        { cause: unsaid, retryable: true },
      ),
    );
    throw error;
  }
};

const endAsFailed = async (
  deps: JobDeps,
  failed: Failed & { readonly headSha: string },
  signal: AbortSignal,
): Promise<void> => {
  const { ref, requests } = failed;
  const run = await openRun(deps, { ...failed, author: null }, signal);
  const onHost = { ref, runId: run.id };
  const { plan, ending } =
    (await shownPlan(deps, onHost, signal)) ?? (await planFailure(deps, { ...failed, runId: run.id }, signal));
  await dropPendingReview(deps, onHost, signal);
  for (const part of partsOf(plan)) await unlessRefused(deps, () => publish(deps, { ref, plan: part }, signal));
  const note = plan.check?.title ?? "given up";
  await deps.runs.finish(run.id, ending, { requestIds: requests.map(({ id }) => id), note });
  deps.observe({ kind: "answered", triggers: requests.map(({ trigger }) => trigger), runId: run.id, note });
};

/** The run's own plan, if what matters of it stands on GitHub already: then a rest that failed makes it no failure. */
const shownPlan = async (deps: JobDeps, run: RunOnHost, signal: AbortSignal): Promise<PlannedEnding | null> => {
  const stored = await storedPlan(deps, run.runId);
  if (stored === null || !(await isShown(deps, { ...run, plan: stored.plan }, signal))) return null;
  return { ...stored, plan: { ...stored.plan, review: null } };
};

interface RunOnHost {
  readonly ref: PullRequestRef;
  readonly runId: string;
}

const isShown = async (
  deps: JobDeps,
  { ref, runId, plan }: RunOnHost & { readonly plan: PublishPlan },
  signal: AbortSignal,
): Promise<boolean> => {
  const ledger = await deps.runs.ledger(runId);
  const main = plan.review === null ? "check:done" : "review:submit";
  const state = ledger.find(({ key }) => key === main)?.state;
  if (state === "confirmed" || (plan.review === null && plan.check === null)) return true;
  if (plan.review === null || state === undefined) return false;
  // The answer to the submission was lost, so GitHub is asked.
  return (await deps.host.findReviews(ref, runMarker(runId), signal)).some((found) => found.state === "submitted");
};

const planFailure = async (
  deps: JobDeps,
  { ref, requests, error, headSha, runId }: Failed & { readonly headSha: string; readonly runId: string },
  signal: AbortSignal,
): Promise<PlannedEnding> => {
  const reason = reasonOf(error);
  const ending = { kind: "failed", reason } as const;
  const known = await readAgain(deps, ref, signal);
  if (known === null) return { plan: failurePlan({ runId, headSha, requests, reason }), ending };
  const plan = buildPlan({ ...known, runId, requests, outcome: ending });
  return { plan: { ...plan, headSha }, ending };
};

/** Null where this is what fails, for whatever reason: then it is said without knowing the pull request's policy. */
const readAgain = async (
  deps: JobDeps,
  ref: PullRequestRef,
  signal: AbortSignal,
): Promise<Pick<PlanInput, "snapshot" | "policy"> | null> => {
  try {
    const snapshot = await deps.host.readPullRequest(ref, signal);
    return snapshot === null ? null : { snapshot, policy: deps.policyOf(snapshot).policy };
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
};

/** A review that was created and not submitted shows to nobody, but no reply can be written while it is there. */
const dropPendingReview = (deps: JobDeps, { ref, runId }: RunOnHost, signal: AbortSignal): Promise<void> =>
  unlessRefused(deps, async () => {
    const left = (await deps.runs.ledger(runId)).some(({ key }) => key === "review:create");
    if (!left) return;
    for (const review of await deps.host.findReviews(ref, runMarker(runId), signal))
      if (review.state === "pending" && review.mine) await deps.host.deletePendingReview(ref, review.id, signal);
  });

/** Each part by itself, so that one that GitHub refuses keeps none of the others back. */
const partsOf = (plan: PublishPlan): readonly PublishPlan[] => {
  const none = { ...plan, check: null, review: null, notes: [], replies: [], reactions: [] };
  return [
    { ...none, check: plan.check },
    { ...none, reactions: plan.reactions },
    ...plan.notes.map((note) => ({ ...none, notes: [note] })),
    ...plan.replies.map((reply) => ({ ...none, replies: [reply] })),
  ];
};
