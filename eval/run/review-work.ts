import { journaled } from "../../src/model/journal.ts";
import type { Syntax } from "../../src/review/ports.ts";
import type { EvalResult } from "./result.ts";
import { reviewCase } from "./review-case.ts";
import { caseLogger, type CaseSitting } from "./run-cases.ts";
import { toResult } from "./to-result.ts";

export interface ReviewWork {
  readonly env: Readonly<Record<string, string>>;
  readonly policy: string | null;
  readonly syntax: Pick<Syntax, "parseErrors">;
  readonly storeImage?: Blob;
}

/** The work of a case by the real pipeline: from the webhook to the posted review, every answer journaled on disk. */
export const createReviewWork =
  ({ syntax, ...setting }: ReviewWork) =>
  async (sitting: CaseSitting, signal: AbortSignal): Promise<EvalResult> => {
    const { evalCase, opened, journal, logFile } = sitting;
    const model = journaled({ model: sitting.model, journal, runId: evalCase.id });
    const logger = caseLogger(logFile);
    const review = await reviewCase({ ...setting, evalCase, opened, model, logger }, signal);
    return toResult(syntax, { caseId: evalCase.id, opened, review, seconds: sitting.seconds(), byPlace: 0 });
  };
