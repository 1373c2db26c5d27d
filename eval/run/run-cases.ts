import { pino } from "pino";
import type { Model } from "../../src/review/model-ports.ts";
import type { Clock } from "../../src/review/ports.ts";
import { openCase, type OpenedRepository } from "../case/open-case.ts";
import type { EvalCase } from "../case/read-cases.ts";
import { EvalError } from "../eval-error.ts";
import { openDiskJournal, type DiskJournal } from "./disk-journal.ts";
import { inParallel } from "../../src/core/in-parallel.ts";
import type { Progress } from "./progress.ts";
import type { EvalResult } from "./result.ts";
import type { RunFolder } from "./run-folder.ts";
import { countModel, type Spending } from "./spending.ts";

/** One case on its way: its repository, its journal, and the counted model that is to be asked. */
export interface CaseSitting {
  readonly evalCase: EvalCase;
  readonly opened: OpenedRepository;
  readonly journal: DiskJournal;
  readonly model: Model;
  /** Seconds since the start; null where an earlier sitting had begun. */
  readonly seconds: () => number | null;
  readonly logFile: string;
}

export interface RunInput {
  readonly cases: readonly EvalCase[];
  readonly folder: RunFolder;
  readonly atOnce: number;
  readonly model: Model;
  readonly spending: Spending;
  readonly clock: Pick<Clock, "now">;
  readonly progress: Progress;
  /** Does the work on one case: a review, or the baseline's one call. */
  readonly work: (sitting: CaseSitting, signal: AbortSignal) => Promise<EvalResult>;
}

/**
 * Runs what is not complete yet, several cases at once. A case that fails leaves its journal and no result; the others
 * go on. Answers with the sentences on what failed.
 */
export const runCases = async (input: RunInput, signal: AbortSignal): Promise<readonly string[]> => {
  const { cases, folder, progress } = input;
  const left = cases.filter(({ id }) => !folder.isComplete(id));
  progress.start(cases.length, cases.length - left.length);
  const failures: string[] = [];
  await inParallel(left, input.atOnce, async (evalCase) => {
    if (signal.aborted) return;
    const failure = await runCase(input, evalCase, signal);
    if (failure !== null) failures.push(`${evalCase.id}: ${failure}`);
    progress.ended(evalCase.id, failure);
  });
  progress.close();
  return failures;
};

const runCase = async (input: RunInput, evalCase: EvalCase, signal: AbortSignal): Promise<string | null> => {
  const { folder, clock, progress, spending } = input;
  const journal = openDiskJournal(folder.journalOf(evalCase.id), headerOf(folder, clock.now()));
  const before = journal.entries();
  for (const { answer } of before) spending.add(answer.usage);
  const counted = countModel(input.model, spending, () => progress.answered(evalCase.id, spending.total()));
  const started = clock.now().getTime();
  const seconds = (): number | null => (before.length > 0 ? null : (clock.now().getTime() - started) / 1000);
  const logFile = folder.logOf(evalCase.id);
  try {
    const opened = openCase(evalCase);
    const sitting = { evalCase, opened, journal, model: counted.model, seconds, logFile };
    const result = await input.work(sitting, signal).finally(opened.remove);
    const failure = counted.failure();
    if (failure === null) folder.write(result);
    return failure;
  } catch (error) {
    if (signal.aborted) return "interrupted";
    // The boundary of one case: what went wrong with it must not end the others.
    return counted.failure() ?? (error instanceof EvalError ? error.message : String(error));
  }
};

const headerOf = ({ about }: RunFolder, now: Date) => ({
  recorded: now.toISOString().slice(0, 10),
  answeredBy: about.answeredBy,
  promptVersion: about.promptVersion,
  model: about.model,
  note: about.note,
});

/** What the app says of its troubles in one case. */
export const caseLogger = (file: string) =>
  pino({ level: "warn" }, pino.destination({ dest: file, mkdir: true, sync: true }));
