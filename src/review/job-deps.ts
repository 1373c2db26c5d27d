import type { ReviewPolicy } from "../core/policy.ts";
import type { PullRequestSnapshot } from "../core/pull-request.ts";
import type { Notice, ReviewResult } from "../core/run.ts";
import type { Observe } from "./observe.ts";
import type { Clock, CodeHost, Ids, Repository } from "./ports.ts";
import type { LeaseStore, RunStore, WantedStore } from "./store-ports.ts";
import type { ReviewInput } from "./review-input.ts";

/** The operator's limits as far as they decide whether a run begins. */
export interface HostLimits {
  readonly forks: "members" | "after_command" | "all";
  /** US dollars for one installation and day. */
  readonly usdPerDay: number;
  /** Reviews of one author's pull requests, wherever they are. */
  readonly reviewsPerAuthorAndDay: number;
  /** Whether repositories of this owner are served. */
  readonly serves: (owner: string) => Promise<boolean>;
}

/** What looking at a pull request needs of the outside. */
export interface JobDeps {
  readonly host: CodeHost;
  readonly repository: Repository;
  readonly wanted: WantedStore;
  readonly leases: LeaseStore;
  readonly runs: RunStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly observe: Observe;
  /** How often a run looks whether it is still wanted. */
  readonly watchEveryMs: number;
  readonly limits: HostLimits;
  /** The policy in force, the operator's limits applied, with what is wrong in the policy file. */
  readonly policyOf: (snapshot: PullRequestSnapshot) => {
    readonly policy: ReviewPolicy;
    readonly notices: readonly Notice[];
  };
  readonly review: (input: ReviewInput, signal: AbortSignal) => Promise<ReviewResult>;
  readonly onRefusedLine: (message: string) => void;
  readonly onFailure: (error: unknown) => void;
}
