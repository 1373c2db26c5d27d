import { journaled } from "../../src/model/journal.ts";
import type { Model } from "../../src/review/model-ports.ts";
import { openCase } from "../case/open-case.ts";
import type { EvalCase } from "../case/read-cases.ts";
import { EvalError } from "../eval-error.ts";
import type { DiskJournal } from "../run/disk-journal.ts";
import { inParallel } from "../../src/core/in-parallel.ts";
import type { EvalCandidate, EvalResult } from "../run/result.ts";
import { knownInFile } from "../score/match.ts";
import { ModelError } from "../../src/review/errors.ts";
import { askSame, askWorth, rubricDigest } from "./ask-judge.ts";
import { judgementKey, type Judgements } from "./judgement.ts";

export interface JudgeInput {
  readonly pairs: readonly { readonly evalCase: EvalCase; readonly result: EvalResult }[];
  /** Those that stand already, by hand or from another run: they are not asked for again. */
  readonly judgements: Judgements;
  /** Also what the gates dropped, so that each gate's worth can be told. */
  readonly dropped: boolean;
  readonly atOnce: number;
  readonly model: Model;
  readonly modelName: string;
  readonly journal: DiskJournal;
  /** An ISO 8601 date. */
  readonly date: string;
  readonly save: (judgements: Judgements) => void;
  readonly say: (line: string) => void;
}

interface Waiting {
  readonly key: string;
  readonly claim: EvalCandidate;
  readonly evalCase: EvalCase;
}

type Weighed = Waiting & Awaited<ReturnType<typeof askWorth>>;

/**
 * Has every claim judged that is not yet; saves after each. What all of them are worth is asked before any label is
 * shown: who answers may remember. Answers with the sentences on what could not be judged.
 */
export const judgeRun = async (input: JudgeInput, signal: AbortSignal): Promise<readonly string[]> => {
  let judgements = input.judgements;
  const failures: string[] = [];
  const work = input.pairs.map((pair) => ({ ...pair, waiting: waitingOf(input, pair) }));
  const total = work.reduce((sum, { waiting }) => sum + waiting.length, 0);
  input.save(judgements);
  input.say(`${total} findings to judge, ${Object.keys(judgements).length} judgements at hand`);
  const model = journaled({ model: input.model, journal: input.journal, runId: "judge" });
  /** One finding that cannot be judged must not end the others; an interrupt must. */
  const attempt = async ({ evalCase, claim }: Waiting, ask: () => Promise<void>): Promise<void> => {
    try {
      await ask();
    } catch (error) {
      if (signal.aborted || !(error instanceof EvalError || error instanceof ModelError)) throw error;
      failures.push(`${evalCase.id}, "${claim.title}": ${error.message}`);
    }
  };

  const weighed: Weighed[] = [];
  for (const { evalCase, waiting } of work) {
    if (waiting.length === 0) continue;
    const opened = openCase(evalCase);
    try {
      await inParallel(waiting, input.atOnce, (each) =>
        attempt(each, async () => {
          const { key, claim } = each;
          weighed.push({
            ...each,
            ...(await askWorth(model, { key, claim, opened, modelName: input.modelName }, signal)),
          });
          input.say(`${weighed.length}/${total} weighed`);
        }),
      );
    } finally {
      opened.remove();
    }
  }
  let done = 0;
  await inParallel(weighed, input.atOnce, (each) =>
    attempt(each, async () => {
      const { key, claim, evalCase, worth, reason } = each;
      const known = knownInFile(claim, evalCase.known);
      const same = await askSame(model, { key, claim, known, modelName: input.modelName }, signal);
      const about = { case: evalCase.id, title: claim.title, by: input.modelName, rubric: rubricDigest };
      judgements = { ...judgements, [key]: { ...about, worth, reason, same: [...same], date: input.date } };
      input.save(judgements);
      done += 1;
      input.say(`${done}/${total} ${evalCase.id}: ${worth}${same.map((id) => ` ${id}`).join("")}`);
    }),
  );
  return failures;
};

const waitingOf = (
  { judgements, dropped }: JudgeInput,
  { evalCase, result }: JudgeInput["pairs"][number],
): readonly Waiting[] => {
  const wanted = result.candidates.filter(({ standing }) => dropped || standing !== "dropped");
  const keyed = wanted.map((claim) => [judgementKey(evalCase.id, claim), claim] as const);
  return [...new Map(keyed)].flatMap(([key, claim]) =>
    judgements[key] === undefined ? [{ key, claim, evalCase }] : [],
  );
};
