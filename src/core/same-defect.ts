import { foldSpace } from "./fold-space.ts";
import type { Candidate } from "./candidate.ts";
import type { Judged, LineRange } from "./evidence.ts";
import { defectKind } from "./fingerprint.ts";
import { rangeOf, rangesOverlap } from "./range-of.ts";
import { contentWords, overlap, sharedCount } from "./words.ts";

/** The words by which two claims are compared: what is said of the code, without the names in the code itself. */
const claimWords = ({ title, body, trigger, quote }: Candidate): ReadonlySet<string> =>
  withoutNames(`${title}\n${body}\n${trigger ?? ""}`, quote);

const withoutNames = (text: string, code: string): ReadonlySet<string> => {
  const names = contentWords(foldSpace(code));
  return new Set([...contentWords(text)].filter((word) => !names.has(word)));
};

const similarClaim = 0.3;

/**
 * Whether two candidates of one run claim the same defect: the same fingerprint and some word in common beside the
 * code's own names (two defects can stand on one line), or overlapping lines, one kind of defect and similar words.
 */
export const isSameDefect = (a: Claim, b: Claim): boolean => {
  if (a.judged.evidence.fingerprint === b.judged.evidence.fingerprint)
    return a.judged.candidate.origin.kind === "rule" || sharedCount(a.titleWords, b.titleWords) > 0 || isSimilar(a, b);
  return rangesOverlap(a.range, b.range) && a.kind === b.kind && isSimilar(a, b);
};

const isSimilar = (a: Claim, b: Claim): boolean => overlap(a.words, b.words) >= similarClaim;

/** A candidate with what comparing it needs, computed once. */
export interface Claim {
  readonly judged: Judged;
  readonly range: LineRange | null;
  readonly kind: string;
  readonly words: ReadonlySet<string>;
  readonly titleWords: ReadonlySet<string>;
}

export const claimOf = (judged: Judged): Claim => ({
  judged,
  range: rangeOf(judged),
  kind: defectKind(judged.candidate),
  words: claimWords(judged.candidate),
  titleWords: withoutNames(judged.candidate.title, judged.candidate.quote),
});
