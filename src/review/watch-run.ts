import type { PullRequestRef } from "../core/pull-request.ts";
import type { ReviewRequest } from "../core/request.ts";
import { RunCancelledError, SupersededError } from "./errors.ts";
import type { Clock, WantedStore } from "./ports.ts";

const lookEveryMs = 2_000;

export interface RunWatch {
  /** Aborts with the job's own reason, a SupersededError or a RunCancelledError. */
  readonly signal: AbortSignal;
  readonly stop: () => void;
}

/**
 * Watches the table of what is wanted while a run reads: a newer head supersedes it, and a pull request that was
 * closed or made a draft takes its automatic requests back. The store is asked, not GitHub, so it costs no request.
 */
export const watchRun = (
  deps: { readonly wanted: WantedStore; readonly clock: Clock; readonly onFailure: (error: unknown) => void },
  run: { readonly ref: PullRequestRef; readonly headSha: string; readonly requests: readonly ReviewRequest[] },
  jobSignal: AbortSignal,
): RunWatch => {
  const found = new AbortController();
  const ended = new AbortController();
  const watch = async (): Promise<void> => {
    while (!ended.signal.aborted && !found.signal.aborted) {
      await deps.clock.sleep(lookEveryMs, ended.signal);
      const reason = reasonToStop(run, await deps.wanted.unanswered(run.ref));
      if (reason !== null) found.abort(reason);
    }
  };
  watch().catch((error: unknown) => {
    if (!ended.signal.aborted) deps.onFailure(error);
  });
  return { signal: AbortSignal.any([jobSignal, found.signal]), stop: () => ended.abort() };
};

/** Why a run on `headSha` for `requests` has no purpose any more; null while it has one. */
export const reasonToStop = (
  run: { readonly headSha: string; readonly requests: readonly ReviewRequest[] },
  unanswered: readonly ReviewRequest[],
): Error | null => {
  const open = new Set(unanswered.map((request) => request.id));
  if (run.requests.every((request) => !open.has(request.id))) return new RunCancelledError();
  const known = new Set(run.requests.map((request) => request.id));
  const newer = unanswered.findLast(
    (request) => !known.has(request.id) && request.headSha !== null && request.headSha !== run.headSha,
  );
  return newer?.headSha == null ? null : new SupersededError(newer.headSha);
};
