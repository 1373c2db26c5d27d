import type { SaidThread } from "../core/evidence.ts";
import type { LinkedIssue } from "../core/pull-request.ts";
import type { ReviewPolicy } from "../core/policy.ts";
import type { Notice } from "../core/run.ts";
import type { ChangeTrees } from "./ports.ts";

/** One change to review, whether it comes from a pull request or from a working tree. */
export interface ReviewInput {
  readonly runId: string;
  readonly trees: ChangeTrees;
  readonly title: string;
  readonly body: string;
  readonly commitMessages: readonly string[];
  /** Name of the branch that the change comes from; absent for a working tree. */
  readonly branch?: string;
  readonly linkedIssues: readonly LinkedIssue[];
  readonly threads: readonly SaidThread[];
  readonly focus: string | null;
  readonly mode: "review" | "security";
  readonly policy: ReviewPolicy;
  /** What is to be said of the run whatever it finds: a policy file with errors, a spent budget. */
  readonly notices: readonly Notice[];
  /** Fingerprints of what the cap moved into the summary in earlier reviews of this head; absent where none was. */
  readonly overCapBefore?: ReadonlySet<string>;
  /** Called with each stage's result before the next stage starts. */
  readonly record: (stage: string, result: unknown) => Promise<void>;
}
