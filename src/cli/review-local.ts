import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import { composeReview, createPolicyOf } from "../compose.ts";
import type { Environment } from "../config/env.ts";
import { readOperatorPolicy } from "../config/operator.ts";
import { policyPath } from "../config/policy.ts";
import { createLocalRepository, type LocalRange } from "../git/local-repository.ts";
import type { ChangeTrees } from "../review/ports.ts";
import { runReview } from "../review/run-review.ts";
import { createLogger } from "../serve.ts";
import { createMemoryJournal } from "./memory-journal.ts";
import { readSources } from "./read-sources.ts";
import type { ReportInput } from "./report/report.ts";
import type { ReviewOptions } from "./review.ts";
import { UsageError } from "./usage-error.ts";

export interface LocalReview {
  readonly dir: string;
  readonly options: ReviewOptions;
  readonly environment: Environment;
  readonly processEnvironment: Readonly<Record<string, string | undefined>>;
}

/** Reviews a change of the repository in a folder, by the same pipeline as a pull request; nothing is written there. */
export const reviewLocal = async (run: LocalReview, signal: AbortSignal): Promise<ReportInput> => {
  const repository = createLocalRepository({ dir: run.dir, environment: run.processEnvironment });
  const opening = await repository.open(rangeOf(run.options), signal);
  if (!opening.opened) throw new UsageError(opening.refused);
  try {
    return await reviewTrees(run, opening.trees, signal);
  } finally {
    await opening.trees.close();
  }
};

const rangeOf = ({ base, head }: ReviewOptions): LocalRange => {
  if (head === undefined) return { kind: "uncommitted", base: base ?? null };
  if (base === undefined) throw new UsageError("--head needs --base: say what to compare it with, such as --base main");
  return { kind: "commits", base, head };
};

const reviewTrees = async (run: LocalReview, trees: ChangeTrees, signal: AbortSignal): Promise<ReportInput> => {
  const { environment, options } = run;
  const logger = createLogger("warn");
  const review = composeReview(
    { environment, logger, processEnvironment: run.processEnvironment },
    createMemoryJournal(),
  );
  const policyFile = await trees.readBaseTip(policyPath, signal);
  const policyText = policyFile.kind === "text" ? policyFile.text : null;
  const operator = readOperatorPolicy(environment, () => "");
  const { policy, notices } = createPolicyOf(operator, [])({ policyOnBase: policyText, policyOnDefault: policyText });
  const result = await runReview(
    { ...review, observe: () => undefined },
    {
      runId: randomUUID(),
      trees,
      title: options.head === undefined ? "Uncommitted changes" : `${options.base ?? ""}...${options.head}`,
      body: "",
      commitMessages: [],
      threads: [],
      focus: options.focus ?? null,
      mode: options.security === true ? "security" : "review",
      policy,
      notices,
      record: () => Promise.resolve(),
    },
    signal,
  );
  await review.close();
  const sources = await readSources(trees, result, signal);
  return { title: `Review of ${basename(run.dir)}`, result, sources, repositoryUrl: "." };
};
