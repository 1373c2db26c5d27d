import type { Anchor } from "./candidate.ts";

export interface PlannedComment {
  readonly anchor: Anchor;
  readonly body: string;
  readonly fingerprint: string;
}

export interface PlannedReview {
  readonly event: "COMMENT" | "REQUEST_CHANGES";
  readonly body: string;
  readonly comments: readonly PlannedComment[];
  /** Body for the same review without line comments, used when GitHub refuses a line all the same (422). */
  readonly fallbackBody: string;
}

/** An answer in an existing line thread. */
export interface PlannedReply {
  readonly threadId: string;
  readonly fingerprint: string;
  readonly body: string;
}

export type CheckConclusion = "success" | "neutral" | "failure" | "skipped";

export interface PlannedCheck {
  readonly conclusion: CheckConclusion;
  readonly title: string;
  /** Markdown, at most 65,535 characters. */
  readonly summary: string;
}

type ReactionContent = "EYES" | "THUMBS_UP" | "CONFUSED";

export interface PlannedReaction {
  /** GraphQL node id of the pull request, comment or review. */
  readonly subjectId: string;
  readonly content: ReactionContent;
  readonly action: "add" | "remove";
}

/** A comment in the conversation; `commentId` is null where it is to be created. */
export interface PlannedNote {
  readonly key: string;
  readonly commentId: number | null;
  readonly body: string;
}

/** The pure result of a run: what to create and update on GitHub. Nothing in it depends on having been tried before. */
export interface PublishPlan {
  readonly runId: string;
  readonly headSha: string;
  readonly check: PlannedCheck | null;
  readonly review: PlannedReview | null;
  readonly notes: readonly PlannedNote[];
  readonly replies: readonly PlannedReply[];
  readonly reactions: readonly PlannedReaction[];
}
