import { hasHiddenCharacters } from "../hidden-characters.ts";
import { withoutMarkers } from "../marker.ts";
import { maskSecrets } from "../mask-secrets.ts";
import type { CandidateGate, FixEvidence } from "../evidence.ts";

/** A replacement must differ, apply, parse and not break its block; else the finding stays and the suggestion goes. */
export const fix: CandidateGate = {
  name: "fix",
  judge: ({ candidate, evidence }) => {
    if (candidate.replacement === null) return { gate: "fix", action: "keep", reason: "suggests no code" };
    const fault = textFault(candidate.replacement) ?? trialFault(evidence.fix);
    if (fault === null) return { gate: "fix", action: "keep", reason: "the suggestion applies" };
    return {
      gate: "fix",
      action: "keep",
      reason: `suggestion removed: ${fault}`,
      amend: { ...candidate, replacement: null },
    };
  },
};

const trialFault = (evidence: FixEvidence | null): string | null => {
  if (evidence === null || evidence.state === "none") return "it was not tried";
  return evidence.state === "broken" ? evidence.reason : null;
};

/** A suggestion is committed with one click and exactly as written, so nothing in it can be made safe afterwards. */
const textFault = (replacement: string): string | null => {
  if (maskSecrets(replacement) !== replacement) return "it holds what looks like a secret";
  if (withoutMarkers(replacement) !== replacement) return "it holds a marker of this reviewer";
  return hasHiddenCharacters(replacement) ? "it holds characters that cannot be seen" : null;
};
