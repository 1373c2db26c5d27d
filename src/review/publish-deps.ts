import type { PublishPlan } from "../core/plan.ts";
import type { PullRequestRef } from "../core/pull-request.ts";
import type { Clock, CodeHost } from "./ports.ts";
import type { RunStore } from "./store-ports.ts";

export interface PublishDeps {
  readonly host: CodeHost;
  readonly runs: Pick<RunStore, "ledger" | "writeLedger">;
  readonly clock: Clock;
  /** Called when GitHub refused a line that the program had found valid: a defect of ours, to be counted. */
  readonly onRefusedLine: (message: string) => void;
}

export interface PublishInput {
  readonly ref: PullRequestRef;
  readonly plan: PublishPlan;
}
