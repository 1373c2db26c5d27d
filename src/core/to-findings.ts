import type { Candidate } from "./candidate.ts";
import type { Judged, Verdict } from "./evidence.ts";
import type { Finding } from "./finding.ts";
import { byRank } from "./rank.ts";

/** What stands after both passes, best first: findings on lines, then the summary's, the unconfirmed ones leading. */
export const toFindings = (judged: readonly Judged[]): readonly Finding[] =>
  judged
    .toSorted(byRank)
    .flatMap(toFinding)
    .toSorted((a, b) => groupOf(a) - groupOf(b));

const groupOf = ({ standing, label }: Finding): number => {
  if (standing === "line") return 0;
  return label === "unconfirmed" ? 1 : 2;
};

const toFinding = (judged: Judged): readonly Finding[] => {
  const { candidate, evidence, standing } = judged;
  if (standing === "dropped") return [];
  const demotion = demotionOf(judged.verdicts);
  return [
    {
      candidate,
      fingerprint: evidence.fingerprint,
      anchor: evidence.anchor,
      standing,
      label: demotion?.label ?? null,
      reason: demotion?.reason ?? null,
      proof: demotion?.label === "unconfirmed" ? null : proofOf(candidate),
      judged,
    },
  ];
};

/** The first demotion names the reason, except that what is unconfirmed is always called so. */
const demotionOf = (verdicts: readonly Verdict[]): Extract<Verdict, { action: "demote" }> | undefined => {
  const demotions = verdicts.filter((verdict) => verdict.action === "demote");
  return demotions.find(({ label }) => label === "unconfirmed") ?? demotions[0];
};

/** Both gates of proof let it pass: as a rule's, or as confirmed. */
const proofOf = ({ origin }: Candidate): string =>
  origin.kind === "rule" ? `rule ${origin.rule} of ${origin.analyzer}` : "confirmed by a second reader";
