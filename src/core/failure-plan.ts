import { buildCheck } from "./build-check.ts";
import { noteMarker } from "./marker.ts";
import type { PlannedNote, PlannedReaction, PublishPlan } from "./plan.ts";
import { defaultPolicy } from "./policy.ts";
import { isCommanded, type ReviewRequest } from "./request.ts";
import { safeLine } from "./safe-markdown.ts";

interface Failure {
  readonly runId: string;
  readonly headSha: string;
  readonly requests: readonly ReviewRequest[];
  readonly reason: string;
}

/**
 * What says that there is no review where the pull request itself could not be read: nobody knows its policy then, so
 * the default one counts.
 */
export const failurePlan = (failure: Failure): PublishPlan => {
  const { runId, headSha, requests, reason } = failure;
  const check = buildCheck({ kind: "failed", reason }, defaultPolicy, "");
  const reactions = requests.flatMap(({ source }) => (source === null ? [] : confused(source.nodeId)));
  return { runId, headSha, check, review: null, notes: failureNotes(failure), replies: [], reactions };
};

const confused = (subjectId: string): readonly PlannedReaction[] => [
  { subjectId, content: "EYES", action: "remove" },
  { subjectId, content: "CONFUSED", action: "add" },
];

/** A person who gave a command gets an answer; nobody else gets mail about our failures. */
export const failureNotes = ({ requests, runId, reason }: Omit<Failure, "headSha">): readonly PlannedNote[] => {
  if (!isCommanded(requests)) return [];
  const key = "failure";
  return [
    { key, commentId: null, body: `Could not review: ${safeLine(reason, 500)}\n\n${noteMarker({ key, runId })}` },
  ];
};
