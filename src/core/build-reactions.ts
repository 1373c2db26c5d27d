import type { PlannedReaction } from "./plan.ts";
import type { PlanInput } from "./plan-input.ts";

/** The eyes go; a clean review leaves a thumb, a failed command a confused face. In observe mode nothing is posted. */
export const buildReactions = (input: PlanInput): readonly PlannedReaction[] => {
  const { snapshot, outcome, policy } = input;
  const asked = subjectsOf(input);
  const looked = asked.map((subjectId): PlannedReaction => ({ subjectId, content: "EYES", action: "remove" }));
  if (outcome.kind === "failed") return [...looked, ...confusedFaces(input)];
  if (outcome.kind === "skipped" || policy.publish !== "review") return looked;
  if (isClean(input)) return [...looked, ...asked.map(thumbUp)];
  // An earlier head may have been clean; its thumb would speak for this one.
  return [...looked, { ...thumbUp(snapshot.nodeId), action: "remove" }];
};

/** What the requests were made on: a command's comment, else the pull request. */
const subjectsOf = ({ requests, snapshot }: PlanInput): readonly string[] => {
  const subjects = new Set(requests.map(({ source }) => source?.nodeId ?? snapshot.nodeId));
  return subjects.size === 0 ? [snapshot.nodeId] : [...subjects];
};

const thumbUp = (subjectId: string): PlannedReaction => ({ subjectId, content: "THUMBS_UP", action: "add" });

const confusedFaces = ({ requests, policy }: PlanInput): readonly PlannedReaction[] =>
  policy.publish === "off"
    ? []
    : requests.flatMap(({ source }) =>
        source === null ? [] : [{ subjectId: source.nodeId, content: "CONFUSED" as const, action: "add" as const }],
      );

const isClean = ({ outcome }: PlanInput): boolean =>
  outcome.kind === "reviewed" &&
  !outcome.partial &&
  outcome.result.findings.length === 0 &&
  outcome.result.standing.length === 0;
