import type { Anchor, Candidate, Severity } from "./candidate.ts";
import type { ChangedFile, Side } from "./change.ts";
import type { FactClaim } from "./fact-claim.ts";
import type { ReviewPolicy } from "./policy.ts";
import type { VerifierEvidence } from "./verifier-evidence.ts";

/** A line of the head that says the opposite of a claim. */
export interface Contradiction {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** A range of whole lines of one file, 1-based and inclusive. */
export interface LineRange {
  readonly path: string;
  readonly side: Side;
  readonly startLine: number;
  readonly endLine: number;
}

/** Where the quoted code stands, looked up in the tree by the program with white space folded. */
export type QuoteEvidence =
  | { readonly found: "in_place"; readonly range: LineRange }
  | { readonly found: "moved"; readonly range: LineRange }
  | { readonly found: "nowhere"; readonly nearest: readonly { readonly line: number; readonly text: string }[] }
  | { readonly found: "no_file" };

/** One fact that a claim stands on, and the line of the head that plainly says the opposite. */
export interface FactEvidence {
  readonly claim: FactClaim;
  readonly contradiction: Contradiction | null;
}

/** What the parser and a trial application said of a replacement. */
export type FixEvidence =
  | { readonly state: "none" }
  | { readonly state: "fits"; readonly parsed: boolean }
  | { readonly state: "broken"; readonly reason: string };

/** A comment thread that stands on the pull request already. */
export interface SaidThread {
  readonly threadId: string | null;
  readonly path: string;
  readonly startLine: number | null;
  readonly line: number | null;
  readonly side: Side;
  readonly isResolved: boolean;
  readonly author: "self" | "bot" | "writer" | "pull_request_author" | "other";
  readonly body: string;
  /** Fingerprints from the markers in our own comments in it, whoever began it. */
  readonly fingerprints: readonly string[];
  /** Body of our own first comment in it that carries a finding's marker; null where there is none. */
  readonly ownFinding: string | null;
  readonly url: string;
}

/**
 * What the program itself looked up about one candidate, gathered before any gate runs. The second-pass fields stay
 * null until verifier and parser have spoken.
 */
export interface Evidence {
  readonly file: ChangedFile | null;
  readonly quote: QuoteEvidence;
  readonly anchor: Anchor | null;
  /** Why there is no anchor; null where there is one. */
  readonly unanchored: string | null;
  readonly fingerprint: string;
  readonly ignoredBy: string | null;
  /** Least severity that stands on a line of this path: the last matching policy rule's, else the policy's own. */
  readonly minSeverity: Severity;
  readonly threads: readonly SaidThread[];
  readonly facts: readonly FactEvidence[];
  readonly verifier: VerifierEvidence | null;
  readonly fix: FixEvidence | null;
}

/** A candidate on its way through the filter, as it stands after the gates so far. */
export interface Judged {
  readonly candidate: Candidate;
  readonly evidence: Evidence;
  readonly verdicts: readonly Verdict[];
  readonly standing: "line" | "summary" | "dropped";
}

const gateNames = [
  "shape",
  "quote",
  "anchor",
  "scope",
  "facts",
  "policy",
  "merge",
  "said",
  "waived",
  "refute",
  "fix",
  "rank",
] as const;
type GateName = (typeof gateNames)[number];

/**
 * What one gate says of one candidate. `demote` leaves it for the summary alone, `drop` keeps it in the run's trace
 * only. `amend` is the candidate as it is to go on (moved quote, removed suggestion); nothing is ever deleted.
 */
export type Verdict =
  | {
      readonly gate: GateName;
      readonly action: "keep";
      readonly reason: string;
      readonly amend?: Candidate;
      /** The thread in which the finding is to be posted, as an answer to what its look-alike says there. */
      readonly replyTo?: string;
    }
  | {
      readonly gate: GateName;
      readonly action: "demote";
      readonly reason: string;
      readonly label: DemotionLabel;
      readonly amend?: Candidate;
    }
  | {
      readonly gate: GateName;
      readonly action: "drop";
      readonly reason: string;
      /** Where it was said before; `own` when this reviewer said it, so that it still stands while unresolved. */
      readonly saidIn?: { readonly url: string; readonly own: boolean; readonly isResolved: boolean };
    };

/** Under which heading of the summary a demoted finding stands. */
export type DemotionLabel =
  "unconfirmed" | "outside the diff" | "not commentable" | "below the threshold" | "over the cap";

/** What every gate may look at beside the candidate and its evidence; the same for a whole pass. */
export interface GateContext {
  readonly policy: ReviewPolicy;
  /** Fingerprints of what the cap moved into the summary in earlier reviews of this head; absent where none was. */
  readonly overCapBefore?: ReadonlySet<string>;
}

/** One named rule of the precision filter, pure over (candidate, evidence). */
export interface CandidateGate {
  readonly name: GateName;
  readonly judge: (judged: Judged, context: GateContext) => Verdict;
}

/** A rule that compares the candidates still standing with one another; answers one verdict each, in their order. */
export interface SetGate {
  readonly name: GateName;
  readonly judgeAll: (standing: readonly Judged[], context: GateContext) => readonly Verdict[];
}

export type Gate = CandidateGate | SetGate;
