import { severities, type Candidate, type Category, type Severity } from "../candidate.ts";
import type { CandidateGate } from "../evidence.ts";
import type { ReviewPolicy } from "../policy.ts";

type Precision = ReviewPolicy["review"]["precision"];

/**
 * Least severity on a line of the categories that authors act on least, by the policy's precision. The policy's own
 * threshold holds beside it.
 */
const categoryFloor: Readonly<Record<Precision, Partial<Record<Category, Severity>>>> = {
  strict: { performance: "P1", compatibility: "P1", test: "P0" },
  balanced: { test: "P1" },
  thorough: {},
};

/** Ignored paths, categories and severity, as the repository set them. */
export const policy: CandidateGate = {
  name: "policy",
  judge: ({ candidate, evidence }, context) => {
    // The secret scan and the lock-file check are the only finders that see ignored files.
    if (evidence.ignoredBy !== null && candidate.origin.kind === "agent")
      return { gate: "policy", action: "drop", reason: `the path is ignored: ${evidence.ignoredBy}` };
    const floor = floorOf(candidate, evidence.minSeverity, context.policy.review.precision);
    if (!isBelow(candidate.severity, floor.severity))
      return { gate: "policy", action: "keep", reason: `${candidate.severity} stands on lines here` };
    return {
      gate: "policy",
      action: "demote",
      reason: `${candidate.severity} is below ${floor.severity}, ${floor.source}`,
      label: "below the threshold",
    };
  },
};

const floorOf = (
  { category, origin }: Candidate,
  pathFloor: Severity,
  precision: Precision,
): { readonly severity: Severity; readonly source: string } => {
  const ofCategory = origin.kind === "agent" ? categoryFloor[precision][category] : undefined;
  if (ofCategory !== undefined && isBelow(pathFloor, ofCategory))
    return { severity: ofCategory, source: `the least for ${category} where precision is ${precision}` };
  return { severity: pathFloor, source: "the least for this path" };
};

/** P3 is below P2, and so on. */
const isBelow = (severity: Severity, floor: Severity): boolean =>
  severities.indexOf(severity) > severities.indexOf(floor);
