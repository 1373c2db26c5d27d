import type { PullRequestRef } from "../core/pull-request.ts";
import type { ReviewRequest } from "../core/request.ts";
import type { JobDeps } from "./job-deps.ts";
import { withdrawRun } from "./publish.ts";
import type { RunRecord } from "./store-ports.ts";
import { unlessRefused } from "./unless-refused.ts";

/** What a run is for. */
export interface RunSubject {
  readonly ref: PullRequestRef;
  readonly headSha: string;
  /** Null where the pull request could not be read. */
  readonly author: string | null;
  readonly requests: readonly ReviewRequest[];
}

/** Starts a run, or takes up the one that a lost worker left for these requests on this head; any other one ends. */
export const openRun = async (
  deps: JobDeps,
  subject: RunSubject,
  signal: AbortSignal,
): Promise<Pick<RunRecord, "id">> => {
  const { ref, headSha, author, requests } = subject;
  const active = await deps.runs.findActive(ref);
  if (active !== null && isRunOf(active, subject)) return active;
  const reason = "another run took its place";
  if (active !== null) await endRun(deps, { ref, run: active, reason, reactedTo: [] }, signal);
  const requestIds = requests.map(({ id }) => id);
  const run = { id: deps.ids.next(), pullRequest: ref, headSha, author, requestIds, startedAt: deps.clock.now() };
  await deps.runs.start(run);
  deps.observe({ kind: "run_started", runId: run.id, headSha, triggers: requests.map(({ trigger }) => trigger) });
  return run;
};

/** A plan answers the requests that it was made for: others, on the same head, get a run of their own. */
const isRunOf = (run: RunRecord, { headSha, requests }: RunSubject): boolean =>
  run.headSha === headSha && requests.some(({ id }) => run.requestIds.includes(id));

interface EndedRun {
  readonly ref: PullRequestRef;
  readonly run: Pick<RunRecord, "id" | "headSha">;
  readonly reason: string;
  readonly reactedTo: readonly string[];
}

/** Ends a run that nobody waits for. Its check run goes first: were that lost, the run would still be found active. */
export const endRun = async (deps: JobDeps, ended: EndedRun, signal: AbortSignal): Promise<void> => {
  const { ref, run, reason, reactedTo } = ended;
  const withdrawn = { ref, runId: run.id, headSha: run.headSha, reason, reactedTo };
  await unlessRefused(deps, () => withdrawRun(deps, withdrawn, signal));
  await deps.runs.finish(run.id, { kind: "superseded" });
  deps.observe({ kind: "superseded", runId: run.id, reason });
};
