import { buildCheck } from "./build-check.ts";
import { buildReactions } from "./build-reactions.ts";
import { buildReview } from "./build-review.ts";
import { failureNotes } from "./failure-plan.ts";
import { noteMarker } from "./marker.ts";
import { isLaterRound, ownSummary, summaryKey } from "./own-summary.ts";
import type { PlannedNote, PublishPlan } from "./plan.ts";
import type { PlanInput } from "./plan-input.ts";
import type { PullRequestSnapshot } from "./pull-request.ts";
import { isCommanded } from "./request.ts";
import type { Reviewed, ReviewResult } from "./run.ts";
import { summaryBody } from "./summary-body.ts";

/** What appears on GitHub for an outcome: BEHAVIOUR's table, as data. */
export const buildPlan = (input: PlanInput): PublishPlan => {
  const { runId, outcome, policy, snapshot } = input;
  const { headSha } = snapshot;
  const empty: PublishPlan = { runId, headSha, check: null, review: null, notes: [], replies: [], reactions: [] };
  const reactions = buildReactions(input);
  if (policy.publish === "off") return { ...empty, reactions };
  const check = buildCheck(outcome, policy, repositoryUrlOf(snapshot));
  if (policy.publish === "check") return { ...empty, check, reactions };
  if (outcome.kind === "skipped") return { ...empty, check, reactions };
  if (outcome.kind === "failed")
    return { ...empty, check, reactions, notes: failureNotes({ ...input, reason: outcome.reason }) };
  const { review, replies } = buildReview(input, outcome, repositoryUrlOf(snapshot));
  return { ...empty, check, reactions, review, replies, notes: summaryNotes(input, outcome, review !== null) };
};

const repositoryUrlOf = ({ url }: PullRequestSnapshot): string => url.replace(/\/pull\/\d+$/, "");

/**
 * One comment in the conversation, edited in place. Created only where it says what no review says: from the second
 * round on, when findings stand nowhere else, or when a person waits to hear that the old ones still stand; an
 * existing one is kept true.
 */
const summaryNotes = (input: PlanInput, reviewed: Reviewed, hasReview: boolean): readonly PlannedNote[] => {
  const { snapshot, policy, runId } = input;
  const { result, partial } = reviewed;
  const existing = ownSummary(snapshot);
  const isNeeded = hasReview ? isLaterRound(snapshot) : isNews(input, result);
  if (existing === null && !isNeeded) return [];
  const text = summaryBody({ result, partial, policy, repositoryUrl: repositoryUrlOf(snapshot) });
  const body = `${text}\n\n${noteMarker({ key: summaryKey, runId })}`;
  return [{ key: summaryKey, commentId: existing?.id ?? null, body }];
};

const isNews = ({ requests }: PlanInput, { findings, standing }: ReviewResult): boolean =>
  findings.some((finding) => finding.standing === "summary") || (standing.length > 0 && isCommanded(requests));
