import { severities, type Candidate, type Severity } from "../candidate.ts";
import type { CandidateGate, Judged, Verdict } from "../evidence.ts";
import type { ReviewPolicy } from "../policy.ts";
import { precisionOf, type PrecisionSettings } from "../precision.ts";

/** Ignored paths, categories, severity and confidence, as the repository set them. */
export const policy: CandidateGate = {
  name: "policy",
  judge: (judged, context) => {
    const { candidate, evidence } = judged;
    // The secret scan and the lock-file check are the only finders that see ignored files.
    if (evidence.ignoredBy !== null && candidate.origin.kind === "agent")
      return { gate: "policy", action: "drop", reason: `the path is ignored: ${evidence.ignoredBy}` };
    const fault = faultOf(judged, context.policy);
    return fault === null
      ? { gate: "policy", action: "keep", reason: `${candidate.severity} stands on lines here` }
      : belowThreshold(fault);
  },
};

const belowThreshold = (reason: string): Verdict => ({
  gate: "policy",
  action: "demote",
  reason,
  label: "below the threshold",
});

const faultOf = ({ candidate, evidence }: Judged, policyInForce: ReviewPolicy): string | null => {
  const settings = precisionOf(policyInForce);
  const floor = floorOf(candidate, evidence.minSeverity, settings);
  if (isBelow(candidate.severity, floor.severity))
    return `${candidate.severity} is below ${floor.severity}, ${floor.source}`;
  return doubtOf(candidate, settings);
};

const floorOf = (
  { category, origin }: Candidate,
  pathFloor: Severity,
  { categoryFloor }: PrecisionSettings,
): { readonly severity: Severity; readonly source: string } => {
  const ofCategory = origin.kind === "agent" ? categoryFloor[category] : undefined;
  if (ofCategory !== undefined && isBelow(pathFloor, ofCategory))
    return { severity: ofCategory, source: `the least for ${category}` };
  return { severity: pathFloor, source: "the least for this path" };
};

/** Only of P2 and P3: what would hurt in ordinary use is worth a second reader's time and the author's. */
const doubtOf = ({ origin, category, severity, confidence }: Candidate, settings: PrecisionSettings): string | null => {
  const least = settings.minConfidence[category];
  if (origin.kind === "rule" || least === undefined || !isBelow(severity, "P1") || confidence >= least) return null;
  return `the finder's confidence of ${confidence} is below ${least}, the least for ${category} of this severity`;
};

/** P3 is below P2, and so on. */
const isBelow = (severity: Severity, floor: Severity): boolean =>
  severities.indexOf(severity) > severities.indexOf(floor);
