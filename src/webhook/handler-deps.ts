import type { ReviewPolicy } from "../core/policy.ts";
import type { PullRequestSnapshot } from "../core/pull-request.ts";
import type { HostLimits } from "../review/job-deps.ts";
import type { CodeHost, Repository } from "../review/ports.ts";
import type { DeliveryStore, Queue, RunStore, WantedStore } from "../review/store-ports.ts";

/** What the handlers of stored deliveries need. */
export interface HandlerDeps {
  readonly deliveries: DeliveryStore;
  readonly wanted: WantedStore;
  readonly queue: Queue;
  readonly host: CodeHost;
  readonly runs: RunStore;
  readonly repository: Repository;
  readonly limits: Pick<HostLimits, "forks" | "serves">;
  readonly policyOf: (snapshot: PullRequestSnapshot) => { readonly policy: ReviewPolicy };
}
