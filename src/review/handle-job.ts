import { batchRequests } from "../core/batch-requests.ts";
import { chooseRun, type RunChoice } from "../core/choose-run.ts";
import type { PullRequestRef, PullRequestSnapshot } from "../core/pull-request.ts";
import type { ReviewRequest } from "../core/request.ts";
import { answerRequests } from "./answer-requests.ts";
import { CodeHostError, OperationalError, RunCancelledError, SupersededError } from "./errors.ts";
import { giveUp } from "./give-up.ts";
import type { JobDeps } from "./job-deps.ts";
import { keepLease } from "./keep-lease.ts";
import { mayTryAgain } from "./may-try-again.ts";
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
  const seen = new Set<string>();
  try {
    while (!(await deps.leases.releaseIfIdle(ref, job.jobId))) await answerOldest(deps, { ref, seen }, held);
  } catch (error) {
    // A job that comes again takes its own lease; after the last attempt nobody would.
    if (job.lastAttempt) await deps.leases.release(ref, job.jobId);
    throw error;
  } finally {
    lease.stop();
  }
};

const answerOldest = async (deps: JobDeps, { ref, seen }: Looked, job: JobContext): Promise<void> => {
  const requests = batchRequests(await deps.wanted.unanswered(ref));
  if (requests.length === 0) return;
  try {
    await lookOrGiveUp(deps, { ref, requests, seen }, job);
  } catch (error) {
    if (error instanceof CodeHostError && error.accessGone)
      return answer(deps, requests, "the App has no access any more");
    // The requests stay unanswered and the loop looks again: at the new head, or at what a closing left of them.
    if (error instanceof SupersededError) seen.add(error.headSha);
    else if (!(error instanceof RunCancelledError)) throw error;
  }
};

/** The one place that decides between trying a whole job again and giving up; nothing is given up without a word. */
const lookOrGiveUp = async (deps: JobDeps, wanted: Wanted, job: JobContext): Promise<void> => {
  try {
    await lookAt(deps, wanted, job);
  } catch (error) {
    if (job.signal.aborted || isNoFailure(error) || mayTryAgain(error, job)) throw error;
    await giveUp(deps, { ...wanted, error }, job.signal);
  }
};

const isNoFailure = (error: unknown): boolean =>
  error instanceof SupersededError ||
  error instanceof RunCancelledError ||
  (error instanceof CodeHostError && error.accessGone);

/** A pull request, and the heads that this job has learnt of otherwise than by reading it. */
interface Looked {
  readonly ref: PullRequestRef;
  readonly seen: Set<string>;
}

interface Wanted extends Looked {
  readonly requests: readonly ReviewRequest[];
}

const lookAt = async (deps: JobDeps, { ref, requests, seen }: Wanted, job: JobContext): Promise<void> => {
  if (!(await deps.limits.serves(ref.owner))) return answer(deps, requests, "the operator does not serve this owner");
  const snapshot = await deps.host.readPullRequest(ref, job.signal);
  if (snapshot === null) return answer(deps, requests, "the pull request is gone");
  await assertCurrent(deps, { snapshot, named: [...seen, ...requests.flatMap(({ headSha }) => headSha ?? [])] }, job);
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

const staleAfterMs = 5_000;

/**
 * GitHub's GraphQL API may still show a head that its REST API has left. A run on it could never be published, and the
 * next look would show the same one, so the job waits in the queue. Asked only where another head was heard of.
 */
const assertCurrent = async (
  deps: JobDeps,
  { snapshot, named }: { readonly snapshot: PullRequestSnapshot; readonly named: readonly string[] },
  { signal }: JobContext,
): Promise<void> => {
  if (named.every((headSha) => headSha === snapshot.headSha)) return;
  const head = await deps.host.readHead(snapshot.ref, signal);
  if (head === null || head === snapshot.headSha) return;
  const message = `GitHub shows two heads of the pull request at once, ${snapshot.headSha} and ${head}`;
  throw new OperationalError(message, { retryable: true, retryAfterMs: staleAfterMs });
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
