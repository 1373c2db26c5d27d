import { buildPlan } from "../core/build-plan.ts";
import type { PlannedEnding } from "../core/plan-codec.ts";
import { outcomeOf } from "../core/outcome-of.ts";
import type { ReviewPolicy } from "../core/policy.ts";
import type { PullRequestSnapshot } from "../core/pull-request.ts";
import type { ReviewRequest } from "../core/request.ts";
import { endingOf, type Notice, type Outcome, type RunEnding } from "../core/run.ts";
import { answerRequests } from "./answer-requests.ts";
import { fullAuthorDay } from "./author-limit.ts";
import { RunCancelledError, SupersededError } from "./errors.ts";
import type { JobDeps } from "./job-deps.ts";
import { mayTryAgain, reasonOf } from "./may-try-again.ts";
import { endRun, openRun } from "./open-run.ts";
import { readOverCap, recordOverCap } from "./over-cap.ts";
import type { ChangeSource, ChangeTrees } from "./ports.ts";
import type { JobContext, RunRecord } from "./store-ports.ts";
import { announceRun, publish } from "./publish.ts";
import { spentBudget } from "./spent-budget.ts";
import { storedPlan } from "./stored-plan.ts";
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
  const { ref, headSha, author } = round.snapshot;
  const open = { ...round, run: await openRun(deps, { ref, headSha, author, requests: round.requests }, job.signal) };
  try {
    const { plan, ending } = (await storedPlan(deps, open.run.id)) ?? (await makePlan(deps, open, job));
    await publish(deps, { ref, plan }, job.signal);
    await finishRun(deps, open, { ending, note: plan.check?.title ?? "done" });
  } catch (error) {
    if (error instanceof SupersededError || error instanceof RunCancelledError) {
      const reactedTo = error instanceof RunCancelledError ? subjectsOf(round) : [];
      const run = { id: open.run.id, headSha };
      await endRun(deps, { ref, run, reason: error.message, reactedTo }, job.signal);
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

/** What reading and reviewing is given up on ends the run as any other outcome does: it is planned and published. */
const reviewOrGiveUp = async (deps: JobDeps, round: OpenRound, job: JobContext): Promise<Outcome> => {
  if (round.choice.kind === "skip") return { kind: "skipped", reason: round.choice.reason };
  const limit = (await spentBudget(deps, round)) ?? (await fullAuthorDay(deps, round, job.signal));
  if (limit !== null) return { kind: "skipped", reason: limit };
  try {
    return await review(deps, round, job);
  } catch (error) {
    if (job.signal.aborted || error instanceof SupersededError || error instanceof RunCancelledError) throw error;
    if (mayTryAgain(error, job)) throw error;
    deps.onFailure(error);
    return { kind: "failed", reason: reasonOf(error) };
  }
};

const review = async (deps: JobDeps, round: OpenRound, job: JobContext): Promise<Outcome> => {
  const { snapshot, policy, requests, run, notices } = round;
  const watch = watchRun(deps, { ref: snapshot.ref, headSha: snapshot.headSha, requests }, job.signal);
  try {
    const trees = await announceAndOpen(deps, round, { job: job.signal, reading: watch.signal });
    let written: Promise<void> | null = null;
    try {
      const result = await deps.review(
        {
          runId: run.id,
          trees,
          title: snapshot.title,
          body: snapshot.body,
          commitMessages: snapshot.commitMessages,
          branch: snapshot.headRef,
          linkedIssues: snapshot.linkedIssues,
          threads: snapshot.threads,
          focus: requests[0]?.focus ?? null,
          mode: requests[0]?.mode ?? "review",
          policy,
          notices,
          overCapBefore: await readOverCap(deps.runs, snapshot),
          record: (stage, value) => deps.runs.writeStage(run.id, stage, value),
        },
        watch.signal,
      );
      await recordOverCap(deps.runs, run.id, result.judged);
      written = deps.runs.writeCandidates(run.id, result.judged);
      return outcomeOf(result);
    } finally {
      await Promise.all([written, trees.close()]);
    }
  } catch (error) {
    // An abort reaches here in whatever clothes git or the model gave it; its reason says what it was.
    throw watch.signal.aborted ? watch.signal.reason : error;
  } finally {
    watch.stop();
  }
};

/** Opens the trees while GitHub hears that the reviewer is at work; neither goes on when this returns or throws. */
const announceAndOpen = async (
  deps: JobDeps,
  round: OpenRound,
  signals: { readonly job: AbortSignal; readonly reading: AbortSignal },
): Promise<ChangeTrees> => {
  const { snapshot, policy, run } = round;
  const { ref, headSha } = snapshot;
  const announced = { ref, headSha, runId: run.id, withCheck: policy.publish !== "off", reactTo: subjectsOf(round) };
  const [said, opened] = await Promise.allSettled([
    announceRun(deps, announced, signals.job),
    openTrees(deps, snapshot, signals.reading),
  ]);
  if (said.status === "rejected") {
    if (opened.status === "fulfilled") await opened.value.close();
    throw said.reason;
  }
  if (opened.status === "rejected") throw opened.reason;
  return opened.value;
};

/** What shows that the reviewer is at work: the comments that asked, else the pull request. */
const subjectsOf = ({ policy, snapshot, requests }: Round): readonly string[] => {
  if (policy.publish !== "review") return [];
  const comments = requests.flatMap(({ source }) => source?.nodeId ?? []);
  return comments.length > 0 ? comments : [snapshot.nodeId];
};
