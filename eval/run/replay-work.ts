import { readFileSync } from "node:fs";
import { journaled } from "../../src/model/journal.ts";
import { readRecording } from "../../src/model/recording.ts";
import { EvalError } from "../eval-error.ts";
import { createReplayedModel } from "./replay-model.ts";
import type { EvalResult } from "./result.ts";
import { reviewCase } from "./review-case.ts";
import type { ReviewWork } from "./review-work.ts";
import { caseLogger, type CaseSitting } from "./run-cases.ts";
import { toResult } from "./to-result.ts";

/** The work of a case by the real pipeline, answered from the journal of an earlier run and by no model. */
export const createReplayWork =
  ({ syntax, journalOf, ...setting }: ReviewWork & { readonly journalOf: (caseId: string) => string }) =>
  async ({ evalCase, opened, journal, logFile }: CaseSitting, signal: AbortSignal): Promise<EvalResult> => {
    const { entries } = readRecording(readFileSync(journalOf(evalCase.id), "utf8"));
    const replayed = createReplayedModel(entries);
    const model = journaled({ model: replayed.model, journal, runId: evalCase.id });
    const review = await reviewCase({ ...setting, evalCase, opened, model, logger: caseLogger(logFile) }, signal);
    const missing = replayed.missing();
    if (missing !== null) throw new EvalError(`the journal has no answer for ${missing}: this has to be asked anew`);
    return toResult(syntax, { caseId: evalCase.id, opened, review, seconds: null, byPlace: replayed.byPlace() });
  };
