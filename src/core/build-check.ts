import type { Severity } from "./candidate.ts";
import type { CheckConclusion, PlannedCheck } from "./plan.ts";
import type { ReviewPolicy } from "./policy.ts";
import type { Outcome, Reviewed, ReviewResult } from "./run.ts";
import { plainLine, safeText } from "./safe-markdown.ts";
import { headline, summaryBody, summaryWithFindings } from "./summary-body.ts";

const longestTitle = 200;

/** The completed check run of an outcome: every head of an open pull request ends with one. */
export const buildCheck = (outcome: Outcome, policy: ReviewPolicy, repositoryUrl: string): PlannedCheck => {
  if (outcome.kind === "reviewed") return reviewedCheck(outcome, policy, repositoryUrl);
  const reason = plainLine(outcome.reason, longestTitle - 30);
  const summary = safeText(outcome.reason, 4000);
  if (outcome.kind === "skipped") return { conclusion: "skipped", title: `Skipped: ${reason}`, summary };
  return { conclusion: policy.check.on_error, title: `Could not review: ${reason}`, summary };
};

const reviewedCheck = (outcome: Reviewed, policy: ReviewPolicy, repositoryUrl: string): PlannedCheck => {
  const { result, partial } = outcome;
  // In observe mode nothing is posted, so the check run is the only place for the findings themselves.
  const body = policy.publish === "check" ? summaryWithFindings : summaryBody;
  return {
    conclusion: conclusionOf(outcome, policy.check.fail_on),
    title: plainLine(headline(result, partial), longestTitle),
    summary: body({ result, partial, policy, repositoryUrl }),
  };
};

const conclusionOf = ({ result, partial }: Reviewed, failOn: ReviewPolicy["check"]["fail_on"]): CheckConclusion => {
  const severities = severitiesOnLines(result);
  if (failOn !== "never" && severities.some((severity) => severity <= failOn)) return "failure";
  return partial || severities.length > 0 || result.findings.length > 0 ? "neutral" : "success";
};

/** Of what stands on lines: found now, or in an earlier round and unresolved since. */
const severitiesOnLines = (result: ReviewResult): readonly Severity[] => [
  ...result.findings.filter(({ standing }) => standing === "line").map(({ candidate }) => candidate.severity),
  ...result.standing.map(({ severity }) => severity),
];
