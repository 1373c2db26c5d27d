/** Why a review runs. */
export const triggers = [
  "opened",
  "reopened",
  "ready_for_review",
  "synchronize",
  "base_changed",
  "command",
  "rerun",
  "manual",
] as const;
export type Trigger = (typeof triggers)[number];

/** Triggers that an event made by itself; commands, re-runs and manual ones are somebody's word. */
const automaticTriggers: readonly Trigger[] = ["opened", "reopened", "ready_for_review", "synchronize", "base_changed"];

export const isAutomatic = ({ trigger }: Pick<ReviewRequest, "trigger">): boolean =>
  automaticTriggers.includes(trigger);

/** Where a command was written, so that it can be answered there. */
export interface CommandSource {
  readonly kind: "issue_comment" | "review_comment" | "review";
  readonly id: number;
  readonly nodeId: string;
}

/** What somebody or something wants of a pull request; answered by exactly one run or by a reply that links it. */
export interface ReviewRequest {
  readonly id: string;
  readonly trigger: Trigger;
  /** The head that the delivery named; null where the trigger does not name one (a comment). */
  readonly headSha: string | null;
  /** What to look at, in the requester's words; null for a plain review. */
  readonly focus: string | null;
  readonly mode: "review" | "security";
  readonly requester: string | null;
  readonly source: CommandSource | null;
  readonly receivedAt: Date;
}

/** Whether a person waits for an answer at the comment that asked. */
export const isCommanded = (requests: readonly Pick<ReviewRequest, "source">[]): boolean =>
  requests.some(({ source }) => source !== null);
