import { OperationalError } from "./errors.ts";
import type { JobContext } from "./store-ports.ts";

/** Whether the job is to be tried again for this error: a passing failure or a defect of ours, while tries are left. */
export const mayTryAgain = (error: unknown, job: Pick<JobContext, "lastAttempt">): boolean =>
  !job.lastAttempt && (!(error instanceof OperationalError) || error.retryable);

/** What people are told of an error; a defect's own message is for the log alone. */
export const reasonOf = (error: unknown): string =>
  error instanceof OperationalError ? error.message : "an error in the reviewer";
