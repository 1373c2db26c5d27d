import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { readCases, type EvalCase } from "../case/read-cases.ts";
import { EvalError } from "../eval-error.ts";
import { readJudgements, type Judgements } from "../judge/judgement.ts";
import type { EvalResult } from "../run/result.ts";
import { readRunFolder, writeWhole, type RunFolder } from "../run/run-folder.ts";
import { scoreCase, type ScoredCase } from "../score/score-case.ts";
import { scoreRun } from "../score/score-run.ts";
import { showScores } from "../score/show-scores.ts";

export const addScoreCommand = (program: Command): void => {
  program
    .command("score")
    .description("compute precision, recall and the rest of a run; prints a table and writes scores.json")
    .argument("<run>", "the run's folder")
    .option("--cases <folder>", "the folder of cases, where it is not the one that the run names")
    .action((dir: string, { cases }: { readonly cases?: string }) => {
      const scored = scoredRun(dir, cases);
      const scores = scoreRun(scored);
      writeWhole(join(dir, "scores.json"), scores);
      process.stdout.write(showScores(scores));
    });
};

/** A run's cases with labels and judgements. */
export const scoredRun = (dir: string, cases?: string): readonly ScoredCase[] => {
  const { pairs } = labelledRun(dir, cases);
  const judgements = judgementsOf(dir);
  return pairs.map(({ evalCase, result }) => scoreCase(evalCase, result, judgements));
};

export interface LabelledRun {
  readonly folder: RunFolder;
  readonly pairs: readonly { readonly evalCase: EvalCase; readonly result: EvalResult }[];
}

/** Every complete case of a run beside its labels; throws an EvalError for a case without labels. */
export const labelledRun = (dir: string, cases?: string): LabelledRun => {
  const { results, ...folder } = readRunFolder(dir);
  const from = cases ?? folder.about.cases;
  const all = new Map(readCases(from).map((one) => [one.id, one]));
  const pairs = results.map((result) => {
    const evalCase = all.get(result.case);
    if (evalCase === undefined) throw new EvalError(`${from} has no case ${result.case}: name the folder with --cases`);
    return { evalCase, result };
  });
  if (pairs.length === 0) throw new EvalError(`${dir} has no complete case`);
  return { folder, pairs };
};

export const judgementsFile = (dir: string): string => join(dir, "judgements.json");

export const judgementsOf = (dir: string): Judgements => {
  const file = judgementsFile(dir);
  return existsSync(file) ? readJudgements(readFileSync(file, "utf8")) : {};
};
