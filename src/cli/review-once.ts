import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { composeReview, createPolicyOf } from "../compose.ts";
import type { Environment } from "../config/env.ts";
import { readOperatorPolicy } from "../config/operator.ts";
import type { ReviewPolicy } from "../core/policy.ts";
import type { PullRequestSnapshot } from "../core/pull-request.ts";
import type { ReviewResult } from "../core/run.ts";
import type { ChangeTrees } from "../review/ports.ts";
import { runReview } from "../review/run-review.ts";
import { commandLogger } from "./command-logger.ts";
import { createMemoryJournal } from "./memory-journal.ts";
import type { ReviewOptions } from "./review-options.ts";

/** What the command line was given, beside the change itself. */
export interface CommandInput {
  readonly options: ReviewOptions;
  readonly environment: Environment;
  /** PATH, proxies: what reaches git. */
  readonly processEnvironment: Readonly<Record<string, string | undefined>>;
}

type Told = Pick<
  PullRequestSnapshot,
  "title" | "body" | "commitMessages" | "linkedIssues" | "threads" | "policyOnBase" | "policyOnDefault"
>;

/** What is reviewed: both trees, and what people wrote about the change. */
export interface Subject extends Told {
  readonly trees: ChangeTrees;
  /** Name of a pull request's branch. */
  readonly headRef?: string;
}

export interface ReviewedOnce {
  readonly runId: string;
  readonly policy: ReviewPolicy;
  readonly result: ReviewResult;
}

/** One review by the App's own pipeline, with nothing kept behind it. */
export const reviewOnce = async (
  { options, environment, processEnvironment }: CommandInput,
  { trees, policyOnBase, policyOnDefault, ...told }: Subject,
  signal: AbortSignal,
): Promise<ReviewedOnce> => {
  const operator = readOperatorPolicy(environment, (path) => readFileSync(path, "utf8"));
  const { policy, notices } = createPolicyOf(operator, [])({ policyOnBase, policyOnDefault });
  const runId = randomUUID();
  const review = composeReview(
    { environment, operator, logger: commandLogger(), processEnvironment },
    createMemoryJournal(),
  );
  try {
    const { title, body, commitMessages, linkedIssues, threads, headRef } = told;
    const focus = options.focus ?? null;
    const mode = options.security === true ? "security" : "review";
    const result = await runReview(
      { ...review, observe: () => undefined },
      {
        runId,
        trees,
        policy,
        notices,
        title,
        body,
        commitMessages,
        ...(headRef === undefined ? {} : { branch: headRef }),
        linkedIssues,
        threads,
        focus,
        mode,
        record: keepNothing,
      },
      signal,
    );
    return { runId, policy, result };
  } finally {
    await review.close();
  }
};

const keepNothing = (): Promise<void> => Promise.resolve();
