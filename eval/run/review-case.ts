import type { Logger } from "pino";
import { policyPath } from "../../src/config/policy.ts";
import type { ReviewResult } from "../../src/core/run.ts";
import { untilAborted } from "../../src/core/until-aborted.ts";
import type { Model } from "../../src/review/model-ports.ts";
import type { RunEvent } from "../../src/review/observe.ts";
import type { ReviewView } from "../../src/simulator/simulator.ts";
import type { OpenedRepository } from "../case/open-case.ts";
import type { EvalCase } from "../case/read-cases.ts";
import { EvalError } from "../eval-error.ts";
import { owner, startCaseApp } from "./case-app.ts";

export interface CaseReview {
  readonly result: ReviewResult;
  readonly reviews: readonly ReviewView[];
}

export interface ReviewCaseInput {
  /** Only the title and the body are taken from it. */
  readonly evalCase: Pick<EvalCase, "title" | "body">;
  readonly opened: OpenedRepository;
  readonly model: Model;
  readonly env: Readonly<Record<string, string>>;
  /** The policy file that the repository is to have; null for none. */
  readonly policy: string | null;
  readonly logger: Logger;
  readonly storeImage?: Blob;
}

/** A neutral name: ids of cases say what is wrong with them. */
const name = "project";

/**
 * Pushes a case to a GitHub on this machine, opens its pull request, and waits for the app's review of it. Throws an
 * EvalError where the app answers without having reviewed.
 */
export const reviewCase = async (input: ReviewCaseInput, signal: AbortSignal): Promise<CaseReview> => {
  const { evalCase, opened, model, env, logger, storeImage } = input;
  const { promise: answered, resolve } = Promise.withResolvers<string>();
  let result: ReviewResult | null = null;
  const observe = (event: RunEvent): void => {
    if (event.kind === "reviewed") result = event.result;
    if (event.kind === "answered") resolve(event.note);
  };
  const resultNow = (): ReviewResult | null => result;
  const app = await startCaseApp({
    env,
    model,
    logger,
    observe,
    ...(storeImage === undefined ? {} : { storeImage }),
  });
  try {
    const { github } = app;
    const repo = `${owner}/${name}`;
    await github.createRepository({ owner, name, fromGitDir: opened.dir, defaultBranch: "base" });
    github.setPermission(repo, "alice", "write");
    if (input.policy !== null) await pushPolicy(github, repo, input.policy);
    const { title, body } = evalCase;
    const pull = await github.openPullRequest({ repo, head: "head", base: "base", title, body, author: "alice" });
    const note = await untilAborted(answered, signal);
    const reviewed = resultNow();
    if (reviewed === null) throw new EvalError(`it was not reviewed: ${note}`);
    return { result: reviewed, reviews: github.reviews(pull) };
  } finally {
    await app.stop();
  }
};

/** On the base branch's tip, after the commit that the head left it at: so the change stays what it is. */
const pushPolicy = async (
  github: Awaited<ReturnType<typeof startCaseApp>>["github"],
  repo: string,
  text: string,
): Promise<void> => {
  const date = "2024-01-01T00:00:00Z";
  await github.push(repo, "base", { files: { [policyPath]: text }, message: "Set the review policy", date });
};
