import type { PullRequestRef } from "../core/pull-request.ts";
import type { Clock, LeaseStore } from "./ports.ts";

const renewEveryMs = 15_000;

/**
 * Renews a lease until `stop`. A renewal that fails is tried again at the next turn: the lease outlives several of
 * them, and a store that stays away fails the run itself at its next write.
 */
export const keepLease = (
  deps: { readonly leases: LeaseStore; readonly clock: Clock; readonly onFailure: (error: unknown) => void },
  ref: PullRequestRef,
  owner: string,
): { readonly stop: () => void } => {
  const ended = new AbortController();
  const renew = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      await deps.clock.sleep(renewEveryMs, ended.signal);
      await deps.leases.renew(ref, owner).catch(deps.onFailure);
    }
  };
  renew().catch((error: unknown) => {
    if (!ended.signal.aborted) deps.onFailure(error);
  });
  return { stop: () => ended.abort() };
};
