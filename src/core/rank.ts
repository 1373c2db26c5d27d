import { severities } from "./candidate.ts";
import type { Judged } from "./evidence.ts";

/** Order of worth: severity, how well proven, the finder's confidence; then the place, so that the order is total. */
export const byRank = (a: Judged, b: Judged): number =>
  severities.indexOf(a.candidate.severity) - severities.indexOf(b.candidate.severity) ||
  proofRank(a) - proofRank(b) ||
  b.candidate.confidence - a.candidate.confidence ||
  compareText(a.candidate.path, b.candidate.path) ||
  (a.candidate.line ?? 0) - (b.candidate.line ?? 0);

/** A second reader weighed the case at hand; a rule knows only its pattern. */
const proofRank = ({ candidate, evidence }: Judged): number => {
  if (evidence.verifier?.verdict === "confirmed") return 0;
  return candidate.origin.kind === "rule" ? 1 : 2;
};

const compareText = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};
