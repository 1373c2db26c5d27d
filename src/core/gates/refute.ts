import { severities, type Candidate } from "../candidate.ts";
import type { CandidateGate, GateContext, Verdict } from "../evidence.ts";
import { precisionOf } from "../precision.ts";
import type { Judgement, VerifierEvidence } from "../verifier-evidence.ts";

/** What the second reader, who did not see the first one's reasoning, made of it. */
export const refute: CandidateGate = {
  name: "refute",
  judge: ({ candidate, evidence }, context) => {
    if (candidate.origin.kind === "rule")
      return keep(`by rule ${candidate.origin.rule} of ${candidate.origin.analyzer}`);
    const verifier = evidence.verifier ?? { verdict: "not_verified", reason: "nobody read it a second time" };
    const verdict = judgeVerdict(candidate, verifier, context);
    const earlier = verifier.verdict === "not_verified" ? null : verifier.earlier;
    return earlier === null
      ? verdict
      : { ...verdict, reason: `${verdict.reason} (an earlier reader was unsure: ${earlier.reason})` };
  },
};

const judgeVerdict = (candidate: Candidate, verifier: VerifierEvidence, context: GateContext): Verdict => {
  if (verifier.verdict === "confirmed") return judgeConfirmation(candidate, verifier, context);
  if (verifier.verdict === "refuted") return drop(`refuted by a second reader: ${verifier.reason}`);
  if (verifier.verdict === "unsure") return unconfirmed(`a second reader was not sure: ${verifier.reason}`);
  return unconfirmed(`not verified: ${verifier.reason}`);
};

/** A confirmation counts only when it quotes code and all of it was found: a reader who invents code confirms nothing. */
const judgeConfirmation = (candidate: Candidate, judgement: Judgement, context: GateContext): Verdict => {
  if (judgement.quotes.length === 0) return unconfirmed("the second reader confirmed it without quoting code");
  const missing = judgement.quotes.find(({ found }) => !found);
  if (missing !== undefined) return unconfirmed(`the second reader quotes code that is not in ${missing.path}`);
  return judgeWorth(candidate, judgement, context) ?? keep(`confirmed by a second reader: ${judgement.reason}`);
};

/**
 * What is true and yet not to be said on a line; null where nothing stands against it. One reader's grade alone drops
 * neither a P0 nor a security finding, and a P1 only where the base fails alike.
 */
const judgeWorth = (candidate: Candidate, judgement: Judgement, { policy }: GateContext): Verdict | null => {
  const { worthFixing, introduced, reason } = judgement;
  const isGrave = candidate.severity === "P0" || candidate.category === "security";
  if (!introduced) {
    const why = `a second reader found the same at the base: ${reason}`;
    return isGrave ? unconfirmed(why) : drop(why);
  }
  if (worthFixing === "no") {
    const why = `true, but a second reader holds that its author would not want to fix it: ${reason}`;
    return isGrave || candidate.severity === "P1" ? fold(why) : drop(why);
  }
  const from = precisionOf(policy).foldsMinorFrom;
  const folds = worthFixing === "minor" && from !== null && rankOf(candidate.severity) >= rankOf(from);
  return folds ? fold(`confirmed by a second reader, who calls it minor: ${reason}`) : null;
};

const rankOf = (severity: Candidate["severity"]): number => severities.indexOf(severity);

const keep = (reason: string): Verdict => ({ gate: "refute", action: "keep", reason });
const drop = (reason: string): Verdict => ({ gate: "refute", action: "drop", reason });
const unconfirmed = (reason: string): Verdict => ({ gate: "refute", action: "demote", reason, label: "unconfirmed" });
const fold = (reason: string): Verdict => ({ gate: "refute", action: "demote", reason, label: "below the threshold" });
