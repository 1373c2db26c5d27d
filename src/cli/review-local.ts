import { basename } from "node:path";
import { policyPath } from "../config/policy.ts";
import { createLocalRepository, type LocalRange } from "../git/local-repository.ts";
import type { ChangeTrees } from "../review/ports.ts";
import { readSources } from "./read-sources.ts";
import type { ReportInput } from "./report/report.ts";
import type { ReviewOptions } from "./review-options.ts";
import { reviewOnce, type CommandInput } from "./review-once.ts";
import { UsageError } from "./usage-error.ts";

export interface LocalReview extends CommandInput {
  readonly dir: string;
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
  const { base = "", head } = run.options;
  const policyFile = await trees.readBaseTip(policyPath, signal);
  const policyText = policyFile.kind === "text" ? policyFile.text : null;
  const subject = {
    trees,
    title: head === undefined ? "Uncommitted changes" : `${base}...${head}`,
    body: "",
    commitMessages: [],
    linkedIssues: [],
    threads: [],
    policyOnBase: policyText,
    policyOnDefault: policyText,
  };
  const { result } = await reviewOnce(run, subject, signal);
  const sources = await readSources(trees, result, signal);
  return { title: `Review of ${basename(run.dir)}`, result, sources, repositoryUrl: "." };
};
