import type { ReviewPolicy } from "./policy.ts";
import type { PullRequestSnapshot } from "./pull-request.ts";
import type { ReviewRequest } from "./request.ts";
import type { Outcome } from "./run.ts";

/** What a plan is made from. */
export interface PlanInput {
  readonly runId: string;
  /** As it was when the run began; its head is the one that was looked at. */
  readonly snapshot: PullRequestSnapshot;
  readonly outcome: Outcome;
  readonly policy: ReviewPolicy;
  /** The requests that the run answers. */
  readonly requests: readonly ReviewRequest[];
}
