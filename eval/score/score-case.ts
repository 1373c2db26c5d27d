import type { Severity } from "../../src/core/candidate.ts";
import type { EvalCase, KnownFinding } from "../case/read-cases.ts";
import { judgementKey, type Judgement, type Judgements } from "../judge/judgement.ts";
import type { EvalCandidate, EvalResult } from "../run/result.ts";
import { standsAt, tolerance } from "./match.ts";

/** One claim with what it is worth. */
export interface ScoredClaim {
  readonly candidate: EvalCandidate;
  readonly key: string;
  /** Null where nobody has judged it. */
  readonly judgement: Judgement | null;
  /** Ids of the known defects that it describes at their place. */
  readonly matches: readonly string[];
  /** It describes a known defect of its file, wherever it stands. */
  readonly meansKnown: boolean;
  /** It stands on the very lines of a known defect that it matches. */
  readonly onTheLines: boolean;
  /** Worth fixing, or a known defect. Null where nobody has judged it. */
  readonly right: boolean | null;
}

export interface ScoredCase {
  readonly id: string;
  readonly clean: boolean;
  readonly claims: readonly ScoredClaim[];
  /** The known defects that count for recall, by id. */
  readonly counted: readonly { readonly id: string; readonly severity: Severity | null }[];
  readonly result: EvalResult;
}

/** Puts a case's claims, its labels and the judgements together. */
export const scoreCase = (
  evalCase: Pick<EvalCase, "id" | "clean" | "known">,
  result: EvalResult,
  judgements: Judgements,
): ScoredCase => ({
  id: evalCase.id,
  clean: evalCase.clean,
  claims: result.candidates.map((candidate) => scoreClaim(evalCase, candidate, judgements)),
  counted: evalCase.known.filter(({ counts }) => counts).map(({ id, severity }) => ({ id, severity })),
  result,
});

const scoreClaim = (
  { id, known }: Pick<EvalCase, "id" | "known">,
  candidate: EvalCandidate,
  judgements: Judgements,
): ScoredClaim => {
  const key = judgementKey(id, candidate);
  const judgement = judgements[key] ?? null;
  const meant = known.filter((one) => judgement?.same.includes(one.id) === true);
  const matched = meant.filter((one) => standsAt(candidate, one, tolerance));
  return {
    candidate,
    key,
    judgement,
    matches: matched.map((one) => one.id),
    meansKnown: meant.length > 0,
    onTheLines: matched.some((one: KnownFinding) => standsAt(candidate, one, 0)),
    right: judgement === null ? null : judgement.worth === "bug" || matched.length > 0,
  };
};
