import { buildPlan } from "../core/build-plan.ts";
import { plannedEndingSchema, type PlannedEnding } from "../core/plan-codec.ts";
import { outcomeOf } from "../core/outcome-of.ts";
import type { ReviewPolicy } from "../core/policy.ts";
import type { PullRequestSnapshot } from "../core/pull-request.ts";
import type { ReviewRequest } from "../core/request.ts";
import { endingOf, type Notice, type Outcome, type RunEnding } from "../core/run.ts";
import { answerRequests } from "./answer-requests.ts";
import { OperationalError, RunCancelledError, SupersededError } from "./errors.ts";
import type { JobDeps } from "./job-deps.ts";
import type { ChangeSource, ChangeTrees } from "./ports.ts";
import type { JobContext, RunRecord } from "./store-ports.ts";
import { announceRun, publish, withdrawRun } from "./publish.ts";
import { spentBudget } from "./spent-budget.ts";
import { watchRun } from "./watch-run.ts";

/** What one run is to answer, and what was decided about it. */
export interface Round {
  readonly snapshot: PullRequestSnapshot;
  readonly policy: ReviewPolicy;
  readonly notices: readonly Notice[];
  readonly requests: readonly ReviewRequest[];
  readonly choice:
    | { readonly kind: "review"; readonly incremental: boolean; readonly unlessMergeBase: string | null }
    | { readonly kind: "skip"; readonly reason: string };
}

type OpenRound = Round & { readonly run: Pick<RunRecord, "id"> };

/**
 * One run: review, plan, publish, record. A run that a lost worker left on this head is taken up again: its journal
 * answers the model calls that were paid, its plan is published as it was planned.
 */
export const reviewRound = async (deps: JobDeps, round: Round, job: JobContext): Promise<void> => {
  const { choice } = round;
  if (choice.kind === "review" && (await isUnchanged(deps, round, job.signal)))
    return answerRequests(deps, round.requests, { runId: null, note: "the merge base is the same, so the change is" });
  const open = { ...round, run: await openRun(deps, round, job.signal) };
  try {
    const { plan, ending } = (await storedPlan(deps, open.run.id)) ?? (await makePlan(deps, open, job));
    await publish(deps, { ref: round.snapshot.ref, plan }, job.signal);
    await finishRun(deps, open, { ending, note: plan.check?.title ?? "done" });
  } catch (error) {
    if (error instanceof SupersededError || error instanceof RunCancelledError) {
      const run = { id: open.run.id, headSha: round.snapshot.headSha };
      const reactedTo = error instanceof RunCancelledError ? subjectsOf(round) : [];
      await endRun(deps, { round, run, reason: error.message, reactedTo }, job.signal);
    }
    throw error;
  }
};

/** Ends the run and answers its requests in one go, and tells of both. */
const finishRun = async (
  deps: JobDeps,
  { run, requests }: OpenRound,
  { ending, note }: { readonly ending: RunEnding; readonly note: string },
): Promise<void> => {
  await deps.runs.finish(run.id, ending, { requestIds: requests.map(({ id }) => id), note });
  deps.observe({ kind: "published", runId: run.id });
  deps.observe({ kind: "answered", triggers: requests.map(({ trigger }) => trigger), runId: run.id, note });
};

const isUnchanged = async (deps: JobDeps, { snapshot, choice }: Round, signal: AbortSignal): Promise<boolean> => {
  if (choice.kind !== "review" || choice.unlessMergeBase === null) return false;
  const trees = await openTrees(deps, snapshot, signal);
  await trees.close();
  return trees.diff.mergeBase === choice.unlessMergeBase;
};

const openTrees = async (deps: JobDeps, snapshot: PullRequestSnapshot, signal: AbortSignal): Promise<ChangeTrees> => {
  const { ref, headSha, baseSha, baseRef } = snapshot;
  const source: ChangeSource = { ref, headSha, baseSha, baseRef };
  return deps.repository.open(source, await deps.host.gitAccess(ref, signal), signal);
};

const openRun = async (deps: JobDeps, round: Round, signal: AbortSignal): Promise<Pick<RunRecord, "id">> => {
  const { snapshot, requests } = round;
  const active = await deps.runs.findActive(snapshot.ref);
  if (active !== null && isRunOf(active, round)) return active;
  const reason = "another run took its place";
  if (active !== null) await endRun(deps, { round, run: active, reason, reactedTo: [] }, signal);
  const run = {
    id: deps.ids.next(),
    pullRequest: snapshot.ref,
    headSha: snapshot.headSha,
    requestIds: requests.map(({ id }) => id),
    startedAt: deps.clock.now(),
  };
  await deps.runs.start(run);
  const triggers = requests.map(({ trigger }) => trigger);
  deps.observe({ kind: "run_started", runId: run.id, headSha: run.headSha, triggers });
  return run;
};

/** A plan answers the requests that it was made for: others, on the same head, get a run of their own. */
const isRunOf = (run: RunRecord, { snapshot, requests }: Round): boolean =>
  run.headSha === snapshot.headSha && requests.some(({ id }) => run.requestIds.includes(id));

const storedPlan = async (deps: JobDeps, runId: string): Promise<PlannedEnding | null> => {
  const stored = await deps.runs.readStage(runId, "plan");
  return stored === null ? null : plannedEndingSchema.parse(stored);
};

const makePlan = async (deps: JobDeps, round: OpenRound, job: JobContext): Promise<PlannedEnding> => {
  const outcome = await reviewOrGiveUp(deps, round, job);
  const { snapshot, policy, requests, run } = round;
  const plan = buildPlan({
    snapshot,
    policy,
    requests,
    outcome,
    runId: run.id,
  });
  const planned = { plan, ending: endingOf(outcome) };
  await deps.runs.writeStage(run.id, "plan", planned);
  return planned;
};

/** The one place that decides between trying again and giving up; what it gives up on is said on the pull request. */
const reviewOrGiveUp = async (deps: JobDeps, round: OpenRound, job: JobContext): Promise<Outcome> => {
  if (round.choice.kind === "skip") return { kind: "skipped", reason: round.choice.reason };
  const spent = await spentBudget(deps, round);
  if (spent !== null) return { kind: "skipped", reason: spent };
  try {
    return await review(deps, round, job);
  } catch (error) {
    if (job.signal.aborted || error instanceof SupersededError || error instanceof RunCancelledError) throw error;
    const again = !(error instanceof OperationalError) || error.retryable;
    if (again && !job.lastAttempt) throw error;
    deps.onFailure(error);
    return { kind: "failed", reason: error instanceof OperationalError ? error.message : "an error in the reviewer" };
  }
};

const review = async (deps: JobDeps, round: OpenRound, job: JobContext): Promise<Outcome> => {
  const { snapshot, policy, requests, run, notices } = round;
  await announceRun(
    deps,
    {
      ref: snapshot.ref,
      runId: run.id,
      headSha: snapshot.headSha,
      withCheck: policy.publish !== "off",
      reactTo: subjectsOf(round),
    },
    job.signal,
  );
  const watch = watchRun(deps, { ref: snapshot.ref, headSha: snapshot.headSha, requests }, job.signal);
  try {
    const trees = await openTrees(deps, snapshot, watch.signal);
    try {
      const result = await deps.review(
        {
          runId: run.id,
          trees,
          title: snapshot.title,
          body: snapshot.body,
          commitMessages: snapshot.commitMessages,
          threads: snapshot.threads,
          focus: requests[0]?.focus ?? null,
          mode: requests[0]?.mode ?? "review",
          policy,
          notices,
          record: (stage, value) => deps.runs.writeStage(run.id, stage, value),
        },
        watch.signal,
      );
      await deps.runs.writeCandidates(run.id, result.judged);
      return outcomeOf(result);
    } finally {
      await trees.close();
    }
  } catch (error) {
    // An abort reaches here in whatever clothes git or the model gave it; its reason says what it was.
    throw watch.signal.aborted ? watch.signal.reason : error;
  } finally {
    watch.stop();
  }
};

/** What shows that the reviewer is at work: the comments that asked, else the pull request. */
const subjectsOf = ({ policy, snapshot, requests }: Round): readonly string[] => {
  if (policy.publish !== "review") return [];
  const comments = requests.flatMap(({ source }) => source?.nodeId ?? []);
  return comments.length > 0 ? comments : [snapshot.nodeId];
};

interface EndedRun {
  readonly round: Round;
  readonly run: Pick<RunRecord, "id" | "headSha">;
  readonly reason: string;
  readonly reactedTo: readonly string[];
}

/** Ends a run that nobody waits for. Its check run goes first: were that lost, the run would still be found active. */
const endRun = async (deps: JobDeps, ended: EndedRun, signal: AbortSignal): Promise<void> => {
  const { round, run, reason, reactedTo } = ended;
  const { ref } = round.snapshot;
  await withdrawRun(deps, { ref, runId: run.id, headSha: run.headSha, reason, reactedTo }, signal);
  await deps.runs.finish(run.id, { kind: "superseded" });
  deps.observe({ kind: "superseded", runId: run.id, reason });
};
