import type { Candidate, Category } from "../candidate.ts";
import { changedLineNumbers, hunkUnder } from "../changed-lines.ts";
import type { CandidateGate, Verdict } from "../evidence.ts";
import { rangeOf } from "../range-of.ts";

/** Introduced by this change: on changed lines, or old code whose behaviour the change alters. */
export const scope: CandidateGate = {
  name: "scope",
  judge: (judged) => {
    const { candidate, evidence } = judged;
    const range = rangeOf(judged);
    if (range === null) return keep("its place is not known, so its age is not either");
    if (changedLineNumbers(evidence.file, range).size > 0) return keep("on lines that this change touches");
    if (candidate.origin.kind === "rule") return drop("a rule speaks of changed lines only");
    if (!isBehavioural(candidate)) return drop("about old code, and not about how it now behaves");
    if (hunkUnder(evidence.file, range) !== null) return keep("old code next to the change, whose behaviour it alters");
    return keep("old code elsewhere, whose behaviour the change alters");
  },
};

/** A missing test or a broken rule in old code was not brought in by a change beside it. */
const behavioural: ReadonlySet<Category> = new Set([
  "correctness",
  "security",
  "data_loss",
  "concurrency",
  "performance",
  "compatibility",
]);

const isBehavioural = ({ category, trigger }: Candidate): boolean => trigger !== null && behavioural.has(category);

const keep = (reason: string): Verdict => ({ gate: "scope", action: "keep", reason });
const drop = (reason: string): Verdict => ({ gate: "scope", action: "drop", reason });
