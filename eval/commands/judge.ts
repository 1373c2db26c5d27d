import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { systemClock } from "../../src/system-clock.ts";
import { EvalError } from "../eval-error.ts";
import { rubricDigest } from "../judge/ask-judge.ts";
import { judgeRun } from "../judge/judge-run.ts";
import { judgementKey, readJudgements } from "../judge/judgement.ts";
import { openDiskJournal } from "../run/disk-journal.ts";
import { writeWhole } from "../run/run-folder.ts";
import { countModel, createSpending } from "../run/spending.ts";
import { configuredModel, reviewVariables } from "../settings.ts";
import { positive } from "./run.ts";
import { judgementsFile, judgementsOf, labelledRun } from "./score.ts";

interface JudgeOptions {
  readonly judgeModel?: string;
  readonly answeredBy: string;
  readonly cases?: string;
  readonly reuse: readonly string[];
  readonly dropped?: boolean;
  readonly atOnce: string;
  readonly maxUsd?: string;
}

export const addJudgeCommand = (program: Command): void => {
  program
    .command("judge")
    .description("have each posted and folded finding of a run judged by the rubric; writes judgements.json there")
    .argument("<run>", "the run's folder")
    .option("--judge-model <name>", "the model to ask, where it is not MODEL")
    .option("--answered-by <who>", "who or what answers as the judge", "the configured model")
    .option("--cases <folder>", "the folder of cases, where it is not the one that the run names")
    .option("--reuse <files...>", "judgements of other runs, taken over where they are of the same finding", [])
    .option("--dropped", "judge what the gates dropped, too")
    .option("--at-once <n>", "findings at the same time", "4")
    .option("--max-usd <n>", "ask nothing more once this is spent; needs MODEL_PRICES")
    .action(judge);
};

const judge = async (dir: string, options: JudgeOptions): Promise<void> => {
  const variables = reviewVariables(process.env);
  const configured = configuredModel(variables);
  const modelName = options.judgeModel ?? configured.finder;
  const { pairs } = labelledRun(dir, options.cases);
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.once(name, () => stop.abort(new EvalError("interrupted; the same command goes on")));
  const date = systemClock.now().toISOString().slice(0, 10);
  const { answeredBy } = options;
  const header = { recorded: date, answeredBy, promptVersion: rubricDigest, model: modelName, note: "judgements" };
  const spending = createSpending(options.maxUsd === undefined ? null : positive(options.maxUsd, "--max-usd"));
  const keys = new Set(
    pairs.flatMap(({ result }) => result.candidates.map((claim) => judgementKey(result.case, claim))),
  );
  const reused = options.reuse
    .flatMap((file) => Object.entries(readJudgements(readFileSync(file, "utf8"))))
    .filter(([key]) => keys.has(key));
  const failures = await judgeRun(
    {
      pairs,
      judgements: { ...Object.fromEntries(reused), ...judgementsOf(dir) },
      dropped: options.dropped === true,
      atOnce: positive(options.atOnce, "--at-once"),
      model: countModel(configured.model, spending, () => undefined).model,
      modelName,
      journal: openDiskJournal(join(dir, "judge-journal.jsonl"), header),
      date,
      save: (judgements) => writeWhole(judgementsFile(dir), judgements),
      say: (line) => void process.stderr.write(`${line}\n`),
    },
    stop.signal,
  );
  if (failures.length > 0)
    throw new EvalError(`${failures.length} findings are not judged; the same command goes on\n${failures.join("\n")}`);
};
