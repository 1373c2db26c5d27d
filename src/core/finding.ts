import type { Anchor, Candidate } from "./candidate.ts";
import type { DemotionLabel, Judged } from "./evidence.ts";

/** A candidate that every gate kept (`line`) or demoted (`summary`). */
export interface Finding {
  readonly candidate: Candidate;
  readonly fingerprint: string;
  readonly anchor: Anchor | null;
  readonly standing: "line" | "summary";
  readonly label: DemotionLabel | null;
  readonly reason: string | null;
  /** How it was proven, in words for the comment's foot: "confirmed by a second reader", "rule no-self-assign of oxlint". */
  readonly proof: string | null;
  readonly judged: Judged;
}
