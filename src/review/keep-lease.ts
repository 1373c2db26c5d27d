import type { PullRequestRef } from "../core/pull-request.ts";
import type { Clock } from "./ports.ts";
import type { LeaseStore } from "./store-ports.ts";

const renewEveryMs = 15_000;

export interface KeptLease {
  /** Aborts with the job's own reason, or with the error of a renewal: then another worker may hold the lease. */
  readonly signal: AbortSignal;
  readonly stop: () => void;
}

/** Renews a lease until `stop`. A renewal that fails ends the job: it is tried again, and takes its lease first. */
export const keepLease = (
  deps: { readonly leases: LeaseStore; readonly clock: Clock },
  lease: { readonly ref: PullRequestRef; readonly owner: string },
  jobSignal: AbortSignal,
): KeptLease => {
  const lost = new AbortController();
  const ended = new AbortController();
  const renew = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      await deps.clock.sleep(renewEveryMs, ended.signal);
      await deps.leases.renew(lease.ref, lease.owner);
    }
  };
  renew().catch((error: unknown) => {
    if (!ended.signal.aborted) lost.abort(error);
  });
  return { signal: AbortSignal.any([jobSignal, lost.signal]), stop: () => ended.abort() };
};
