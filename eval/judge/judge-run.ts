import { journaled } from "../../src/model/journal.ts";
import type { Model } from "../../src/review/model-ports.ts";
import { openCase } from "../case/open-case.ts";
import type { EvalCase } from "../case/read-cases.ts";
import { EvalError } from "../eval-error.ts";
import type { DiskJournal } from "../run/disk-journal.ts";
import { inParallel } from "../run/in-parallel.ts";
import type { EvalCandidate, EvalResult } from "../run/result.ts";
import { knownInFile } from "../score/match.ts";
import { ModelError } from "../../src/review/errors.ts";
import { askJudge, rubricDigest } from "./ask-judge.ts";
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
}

/** Has every claim judged that is not yet; saves after each. Answers with the sentences on what could not be judged. */
export const judgeRun = async (input: JudgeInput, signal: AbortSignal): Promise<readonly string[]> => {
  let judgements = input.judgements;
  const failures: string[] = [];
  const work = input.pairs.map((pair) => ({ ...pair, waiting: waitingOf(input, pair) }));
  const total = work.reduce((sum, { waiting }) => sum + waiting.length, 0);
  let done = 0;
  input.save(judgements);
  input.say(`${total} findings to judge, ${Object.keys(judgements).length} judgements at hand`);
  for (const { evalCase, waiting } of work) {
    if (waiting.length === 0) continue;
    const opened = openCase(evalCase);
    try {
      await inParallel(waiting, input.atOnce, async ({ key, claim }) => {
        const model = journaled({ model: input.model, journal: input.journal, runId: "judge" });
        const known = knownInFile(claim, evalCase.known);
        try {
          const said = await askJudge(model, { key, claim, opened, known, modelName: input.modelName }, signal);
          const about = { case: evalCase.id, title: claim.title, by: input.modelName, rubric: rubricDigest };
          judgements = { ...judgements, [key]: { ...about, ...said, date: input.date } };
          input.save(judgements);
          done += 1;
          input.say(`${done}/${total} ${evalCase.id}: ${said.worth}${said.same.map((id) => ` ${id}`).join("")}`);
        } catch (error) {
          // One finding that cannot be judged must not end the others; an interrupt must.
          if (signal.aborted || !(error instanceof EvalError || error instanceof ModelError)) throw error;
          failures.push(`${evalCase.id}, "${claim.title}": ${error.message}`);
        }
      });
    } finally {
      opened.remove();
    }
  }
  return failures;
};

const waitingOf = (
  { judgements, dropped }: JudgeInput,
  { evalCase, result }: JudgeInput["pairs"][number],
): readonly Waiting[] => {
  const wanted = result.candidates.filter(({ standing }) => dropped || standing !== "dropped");
  const keyed = wanted.map((claim) => [judgementKey(evalCase.id, claim), claim] as const);
  return [...new Map(keyed)].flatMap(([key, claim]) => (judgements[key] === undefined ? [{ key, claim }] : []));
};
