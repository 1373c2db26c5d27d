import type { Anchor } from "./candidate.ts";
import { commentBody, replyBody } from "./comment-body.ts";
import type { Finding } from "./finding.ts";
import { runMarker } from "./marker.ts";
import type { PlannedComment, PlannedReply, PlannedReview } from "./plan.ts";
import type { PlanInput } from "./plan-input.ts";
import { isLaterRound } from "./own-summary.ts";
import type { Reviewed } from "./run.ts";
import { shortSummary, summaryBody, summaryWithFindings, type SummaryInput } from "./summary-body.ts";

export interface ReviewAndReplies {
  readonly review: PlannedReview | null;
  readonly replies: readonly PlannedReply[];
}

/** Line comments in one review, and answers in the threads of those whose look-alike silences nothing. */
export const buildReview = (input: PlanInput, outcome: Reviewed, repositoryUrl: string): ReviewAndReplies => {
  const placed = outcome.result.findings.flatMap((finding) => placedOn(finding));
  const replies = placed.filter(isReply);
  const comments = placed.filter((one) => !replies.includes(one));
  const summary: SummaryInput = { ...outcome, policy: input.policy, repositoryUrl };
  return {
    review: comments.length === 0 ? null : plannedReview(input, comments, summary),
    replies: replies.flatMap(({ finding, replyTo }) => plannedReply(finding, replyTo, input.runId)),
  };
};

interface Placed {
  readonly finding: Finding;
  readonly anchor: Anchor;
  readonly replyTo: string | null;
}

const placedOn = (finding: Finding): readonly Placed[] => {
  if (finding.standing !== "line" || finding.anchor === null) return [];
  return [{ finding, anchor: finding.anchor, replyTo: replyThread(finding) }];
};

const replyThread = ({ judged }: Finding): string | null =>
  judged.verdicts.flatMap((verdict) => (verdict.action === "keep" ? (verdict.replyTo ?? []) : []))[0] ?? null;

/** One answer for a fingerprint: the ledger knows a reply by it. */
const isReply = ({ finding, replyTo }: Placed, index: number, all: readonly Placed[]): boolean =>
  replyTo !== null &&
  index === all.findIndex((other) => other.replyTo !== null && other.finding.fingerprint === finding.fingerprint);

const plannedReply = (finding: Finding, threadId: string | null, runId: string): readonly PlannedReply[] =>
  threadId === null ? [] : [{ threadId, fingerprint: finding.fingerprint, body: replyBody(finding, runId) }];

const plannedReview = (input: PlanInput, comments: readonly Placed[], summary: SummaryInput): PlannedReview => {
  const { runId, snapshot } = input;
  // From the second round on the summary comment holds the rest, and the review need not repeat it.
  const text = isLaterRound(snapshot) ? shortSummary(summary) : summaryBody(summary);
  const refused = "GitHub took no comments on these lines, so the findings stand here.";
  return {
    event: eventOf(input, comments),
    body: `${text}\n\n${runMarker(runId)}`,
    comments: comments.map((placed) => plannedComment(placed, runId)),
    fallbackBody: `${refused}\n\n${summaryWithFindings(summary)}\n\n${runMarker(runId)}`,
  };
};

const plannedComment = ({ finding, anchor }: Placed, runId: string): PlannedComment => ({
  anchor,
  body: commentBody(finding, runId),
  fingerprint: finding.fingerprint,
});

/** GitHub refuses a request for changes on one's own pull request (422). */
const eventOf = ({ policy, snapshot }: PlanInput, comments: readonly Placed[]): PlannedReview["event"] => {
  const least = policy.review.request_changes;
  if (least === "never" || snapshot.isOwn) return "COMMENT";
  return comments.some(({ finding }) => finding.candidate.severity <= least) ? "REQUEST_CHANGES" : "COMMENT";
};
