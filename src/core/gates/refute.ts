import type { CandidateGate, Verdict, VerifierEvidence } from "../evidence.ts";

/** What the second reader, who did not see the first one's reasoning, made of it. */
export const refute: CandidateGate = {
  name: "refute",
  judge: ({ candidate, evidence }) => {
    if (candidate.origin.kind === "rule")
      return keep(`by rule ${candidate.origin.rule} of ${candidate.origin.analyzer}`);
    return judgeVerdict(evidence.verifier ?? { verdict: "not_verified", reason: "nobody read it a second time" });
  },
};

const judgeVerdict = (verifier: VerifierEvidence): Verdict => {
  if (verifier.verdict === "confirmed") return judgeConfirmation(verifier);
  if (verifier.verdict === "refuted") return drop(`refuted by a second reader: ${verifier.reason}`);
  if (verifier.verdict === "unsure") return unconfirmed(`a second reader was not sure: ${verifier.reason}`);
  return unconfirmed(`not verified: ${verifier.reason}`);
};

/** A confirmation counts only when it quotes code and all of it was found: a reader who invents code confirms nothing. */
const judgeConfirmation = ({ quotes, reason }: Exclude<VerifierEvidence, { verdict: "not_verified" }>): Verdict => {
  if (quotes.length === 0) return unconfirmed("the second reader confirmed it without quoting code");
  const missing = quotes.find(({ found }) => !found);
  if (missing !== undefined) return unconfirmed(`the second reader quotes code that is not in ${missing.path}`);
  return keep(`confirmed by a second reader: ${reason}`);
};

const keep = (reason: string): Verdict => ({ gate: "refute", action: "keep", reason });
const drop = (reason: string): Verdict => ({ gate: "refute", action: "drop", reason });
const unconfirmed = (reason: string): Verdict => ({ gate: "refute", action: "demote", reason, label: "unconfirmed" });
