import type { PullRequestRef } from "../core/pull-request.ts";
import type { ReviewRequest } from "../core/request.ts";
import { RunCancelledError, SupersededError } from "./errors.ts";
import type { Clock, CodeHost } from "./ports.ts";
import type { WantedStore } from "./store-ports.ts";

export interface WatchedRun {
  readonly ref: PullRequestRef;
  readonly headSha: string;
  readonly requests: readonly ReviewRequest[];
}

export interface RunWatch {
  /** Aborts with the job's own reason, a SupersededError or a RunCancelledError. */
  readonly signal: AbortSignal;
  readonly stop: () => void;
}

interface WatchDeps {
  readonly wanted: WantedStore;
  readonly host: Pick<CodeHost, "readHead">;
  readonly clock: Clock;
  readonly watchEveryMs: number;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Watches the table of what is wanted while a run reads: a newer head supersedes it, and a pull request that was
 * closed or made a draft takes its automatic requests back. GitHub is asked only when the table speaks of another
 * head, since a delayed delivery may speak of an older one.
 */
export const watchRun = (deps: WatchDeps, run: WatchedRun, jobSignal: AbortSignal): RunWatch => {
  const found = new AbortController();
  const ended = new AbortController();
  const watch = async (): Promise<void> => {
    const seen = new Set<string>();
    while (!ended.signal.aborted && !found.signal.aborted) {
      await deps.clock.sleep(deps.watchEveryMs, ended.signal);
      const reason = await reasonToStop(deps, { run, seen }, ended.signal);
      if (reason !== null) found.abort(reason);
    }
  };
  watch().catch((error: unknown) => {
    if (!ended.signal.aborted) deps.onFailure(error);
  });
  return { signal: AbortSignal.any([jobSignal, found.signal]), stop: () => ended.abort() };
};

const reasonToStop = async (
  deps: WatchDeps,
  { run, seen }: { readonly run: WatchedRun; readonly seen: Set<string> },
  signal: AbortSignal,
): Promise<Error | null> => {
  const unanswered = await deps.wanted.unanswered(run.ref);
  if (isCancelled(run, unanswered)) return new RunCancelledError();
  const other = otherHead(run, unanswered);
  if (other === null || seen.has(other)) return null;
  seen.add(other);
  const head = await deps.host.readHead(run.ref, signal);
  return head === null || head === run.headSha ? null : new SupersededError(head);
};

const isCancelled = (run: WatchedRun, unanswered: readonly ReviewRequest[]): boolean => {
  const open = new Set(unanswered.map(({ id }) => id));
  return run.requests.every(({ id }) => !open.has(id));
};

/** The head that a request names which came after the run began, where it is another than the run's. */
const otherHead = (run: WatchedRun, unanswered: readonly ReviewRequest[]): string | null => {
  const known = new Set(run.requests.map(({ id }) => id));
  const newer = unanswered.findLast(({ id, headSha }) => !known.has(id) && headSha !== null && headSha !== run.headSha);
  return newer?.headSha ?? null;
};
