import type { Candidate } from "../../src/core/candidate.ts";
import type { DemotionLabel, Evidence, Verdict } from "../../src/core/evidence.ts";
import type { Finding } from "../../src/core/finding.ts";
import { confirmed, rangeAt, someJudged } from "./judged.ts";

export interface FindingOver {
  readonly candidate?: Partial<Candidate>;
  readonly evidence?: Partial<Evidence>;
  readonly verdicts?: readonly Verdict[];
  readonly finding?: Partial<Omit<Finding, "judged" | "candidate">>;
}

/** A confirmed finding on line 12 of src/pay.ts. */
export const someFinding = ({ candidate, evidence, verdicts, finding }: FindingOver = {}): Finding => {
  const standing = finding?.standing ?? "line";
  const judged = someJudged({
    candidate: candidate ?? {},
    evidence: { verifier: confirmed, fix: { state: "fits", parsed: true }, ...evidence },
    verdicts: verdicts ?? [],
    standing,
  });
  return {
    candidate: judged.candidate,
    fingerprint: judged.evidence.fingerprint,
    anchor: judged.evidence.anchor,
    standing,
    label: null,
    reason: null,
    proof: "confirmed by a second reader",
    judged,
    ...finding,
  };
};

/** One that stands in the summary alone. */
export const summaryFinding = (label: DemotionLabel, reason: string, over: FindingOver = {}): Finding =>
  someFinding({
    ...over,
    finding: {
      standing: "summary",
      label,
      reason,
      proof: label === "unconfirmed" ? null : "confirmed by a second reader",
      ...over.finding,
    },
  });

/** As many different findings on lines as asked for. */
export const manyFindings = (count: number, over: Partial<Candidate> = {}): readonly Finding[] =>
  Array.from({ length: count }, (_, index) =>
    someFinding({
      candidate: { id: `c${index}`, title: `Defect ${index}`, path: `src/file${index}.ts`, ...over },
      evidence: {
        fingerprint: `f${index}`,
        quote: { found: "in_place", range: rangeAt(12, 12, { path: `src/file${index}.ts` }) },
        anchor: { path: `src/file${index}.ts`, side: "RIGHT", startLine: null, line: 12 },
      },
    }),
  );
