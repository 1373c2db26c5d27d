import { batchRequests } from "../core/batch-requests.ts";
import { chooseRun, type RunChoice } from "../core/choose-run.ts";
import type { PullRequestRef, PullRequestSnapshot } from "../core/pull-request.ts";
import type { ReviewRequest } from "../core/request.ts";
import { answerRequests } from "./answer-requests.ts";
import { CodeHostError, RunCancelledError, SupersededError } from "./errors.ts";
import type { JobDeps } from "./job-deps.ts";
import { keepLease } from "./keep-lease.ts";
import type { JobContext } from "./store-ports.ts";
import { reviewRound, type Round } from "./review-round.ts";

/**
 * Looks at a pull request and goes on until nothing is wanted of it. Another job on the same pull request ends at
 * once: the one that holds the lease reads what is wanted again before it lets go.
 */
export const handlePullRequest = async (deps: JobDeps, ref: PullRequestRef, job: JobContext): Promise<void> => {
  if (!(await deps.leases.acquire(ref, job.jobId)).taken) return;
  const lease = keepLease(deps, { ref, owner: job.jobId }, job.signal);
  const held = { ...job, signal: lease.signal };
  try {
    while (!(await deps.leases.releaseIfIdle(ref, job.jobId))) await answerOldest(deps, ref, held);
  } catch (error) {
    // A job that comes again takes its own lease; after the last attempt nobody would.
    if (job.lastAttempt) await deps.leases.release(ref, job.jobId);
    throw error;
  } finally {
    lease.stop();
  }
};

const answerOldest = async (deps: JobDeps, ref: PullRequestRef, job: JobContext): Promise<void> => {
  const requests = batchRequests(await deps.wanted.unanswered(ref));
  if (requests.length === 0) return;
  try {
    await lookAt(deps, { ref, requests }, job);
  } catch (error) {
    if (error instanceof CodeHostError && error.accessGone)
      return answer(deps, requests, "the App has no access any more");
    // The requests stay unanswered and the loop looks again: at the new head, or at what a closing left of them.
    if (error instanceof SupersededError || error instanceof RunCancelledError) return;
    throw error;
  }
};

interface Wanted {
  readonly ref: PullRequestRef;
  readonly requests: readonly ReviewRequest[];
}

const lookAt = async (deps: JobDeps, { ref, requests }: Wanted, job: JobContext): Promise<void> => {
  if (!(await deps.limits.serves(ref.owner))) return answer(deps, requests, "the operator does not serve this owner");
  const snapshot = await deps.host.readPullRequest(ref, job.signal);
  if (snapshot === null) return answer(deps, requests, "the pull request is gone");
  const { policy, notices } = deps.policyOf(snapshot);
  const reviewed = await deps.runs.reviewedHeads(ref);
  const choice = chooseRun({
    requests,
    snapshot,
    policy,
    reviewed,
    forks: deps.limits.forks,
    authorCanWrite: await authorCanWrite(deps, { snapshot, requests }, job.signal),
  });
  if (choice.kind === "nothing") return answer(deps, requests, choice.reason);
  await reviewRound(
    deps,
    { snapshot, policy, notices, requests, choice: roundOf(choice, policy.commands.mention) },
    job,
  );
};

const roundOf = (choice: Exclude<RunChoice, { kind: "nothing" }>, mention: string): Round["choice"] => {
  if (choice.kind !== "last_reviewed") return choice;
  const last = choice.headSha === null ? "no head was reviewed yet" : `last reviewed ${choice.headSha.slice(0, 7)}`;
  return { kind: "skip", reason: `not reviewed (\`triggers.on_push\` is off); ${last}; comment \`${mention} review\`` };
};

/** Asked only where it decides: an automatic review of a fork. */
const authorCanWrite = async (
  deps: JobDeps,
  { snapshot, requests }: { readonly snapshot: PullRequestSnapshot; readonly requests: readonly ReviewRequest[] },
  signal: AbortSignal,
): Promise<boolean | null> => {
  if (!snapshot.isFork || deps.limits.forks !== "members") return null;
  if (requests.some(({ trigger }) => trigger === "command" || trigger === "rerun")) return null;
  const permission = await deps.host.permissionOf(snapshot.ref, snapshot.author, signal);
  return permission === "write" || permission === "maintain" || permission === "admin";
};

const answer = (deps: JobDeps, requests: readonly ReviewRequest[], note: string): Promise<void> =>
  answerRequests(deps, requests, { runId: null, note });
