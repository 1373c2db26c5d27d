import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { composeHost, composeReview, createPolicyOf } from "../compose.ts";
import type { Environment } from "../config/env.ts";
import { readOperatorPolicy } from "../config/operator.ts";
import { buildPlan } from "../core/build-plan.ts";
import { outcomeOf } from "../core/outcome-of.ts";
import type { PullRequestRef, PullRequestSnapshot } from "../core/pull-request.ts";
import type { ReviewResult } from "../core/run.ts";
import { createMirrors } from "../git/mirrors.ts";
import type { ChangeTrees, CodeHost } from "../review/ports.ts";
import { publish } from "../review/publish.ts";
import { runReview } from "../review/run-review.ts";
import { createLogger } from "../serve.ts";
import { systemClock } from "../system-clock.ts";
import { createMemoryJournal } from "./memory-journal.ts";
import { createMemoryLedger } from "./memory-ledger.ts";
import { readSources } from "./read-sources.ts";
import type { ReportInput } from "./report/report.ts";
import type { ReviewOptions } from "./review.ts";
import { UsageError } from "./usage-error.ts";

export interface PullRequestReview {
  readonly target: string;
  readonly options: ReviewOptions;
  readonly environment: Environment;
  readonly processEnvironment: Readonly<Record<string, string | undefined>>;
}

/**
 * Reviews a pull request with one's own token. Nothing is written on GitHub without `--post`; with it the review is
 * posted in one's own name. A check run is not written: GitHub takes those from Apps alone.
 */
export const reviewPullRequest = async (run: PullRequestReview, signal: AbortSignal): Promise<ReportInput> => {
  const ref = parseTarget(run.target);
  const host = hostOf(run.environment);
  const snapshot = await host.readPullRequest(ref, signal);
  if (snapshot === null) throw new UsageError(`${run.target} does not exist, or GITHUB_TOKEN may not read it`);
  const dir = await mkdtemp(join(tmpdir(), "codex-review-"));
  try {
    const trees = await openTrees(run, { dir, host, snapshot }, signal);
    try {
      return await reviewTrees(run, { host, snapshot, trees }, signal);
    } finally {
      await trees.close();
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};

const parseTarget = (target: string): PullRequestRef => {
  const [, owner, name, number] = /^([\w.-]+)\/([\w.-]+)#(\d{1,9})$/.exec(target) ?? [];
  if (owner === undefined || name === undefined || number === undefined)
    throw new UsageError(`"${target}" is no pull request: write owner/repo#12`);
  // A token of one's own needs no installation, and the mirror lives as long as this command.
  return { installationId: 0, repositoryId: 0, owner, name, number: Number(number) };
};

const hostOf = (environment: Environment): CodeHost => {
  const { GITHUB_TOKEN: token } = environment;
  if (token === undefined) throw new UsageError("set GITHUB_TOKEN to a token that may read the pull request");
  return composeHost(environment, { kind: "token", token }, createLogger("warn"));
};

interface Opening {
  readonly dir: string;
  readonly host: CodeHost;
  readonly snapshot: PullRequestSnapshot;
}

const openTrees = async (
  { processEnvironment }: PullRequestReview,
  { dir, host, snapshot }: Opening,
  signal: AbortSignal,
): Promise<ChangeTrees> => {
  const logger = createLogger("warn");
  const mirrors = createMirrors({
    dir,
    maxBytes: Number.MAX_SAFE_INTEGER,
    environment: processEnvironment,
    clock: systemClock,
    onUpkeepFailed: (error) => logger.warn({ err: error }, "the mirror could not be tidied"),
  });
  const { ref, headSha, baseSha, baseRef } = snapshot;
  return mirrors.open({ ref, headSha, baseSha, baseRef }, await host.gitAccess(ref, signal), signal);
};

interface Reading {
  readonly host: CodeHost;
  readonly snapshot: PullRequestSnapshot;
  readonly trees: ChangeTrees;
}

const reviewTrees = async (run: PullRequestReview, reading: Reading, signal: AbortSignal): Promise<ReportInput> => {
  const { environment, options, processEnvironment } = run;
  const { snapshot, trees } = reading;
  const review = composeReview(
    { environment, logger: createLogger("warn"), processEnvironment },
    createMemoryJournal(),
  );
  const { policy, notices } = createPolicyOf(
    readOperatorPolicy(environment, () => ""),
    [],
  )(snapshot);
  const runId = randomUUID();
  const result = await runReview(
    { ...review, observe: () => undefined },
    {
      runId,
      trees,
      title: snapshot.title,
      body: snapshot.body,
      commitMessages: snapshot.commitMessages,
      threads: snapshot.threads,
      focus: options.focus ?? null,
      mode: options.security === true ? "security" : "review",
      policy,
      notices,
      record: () => Promise.resolve(),
    },
    signal,
  );
  await review.close();
  if (options.post === true) await post(reading, { policy, result, runId }, signal);
  const sources = await readSources(trees, result, signal);
  const title = `${run.target} at ${snapshot.headSha.slice(0, 7)}${options.post === true ? ", posted" : " (not posted; --post posts it)"}`;
  return { title, result, sources, repositoryUrl: snapshot.url.replace(/\/pull\/\d+$/, "") };
};

const post = async (
  { host, snapshot }: Reading,
  done: {
    readonly policy: Parameters<typeof buildPlan>[0]["policy"];
    readonly result: ReviewResult;
    readonly runId: string;
  },
  signal: AbortSignal,
): Promise<void> => {
  const outcome = outcomeOf(done.result);
  const plan = buildPlan({ runId: done.runId, snapshot, outcome, policy: done.policy, requests: [] });
  const onRefusedLine = (message: string): void => {
    process.stderr.write(`GitHub refused a line, so the findings stand in the review's body: ${message}\n`);
  };
  const deps = { host, runs: createMemoryLedger(), clock: systemClock, onRefusedLine };
  await publish(deps, { ref: snapshot.ref, plan: { ...plan, check: null } }, signal);
};
