import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { composeHost, githubAddresses } from "../compose.ts";
import type { Environment } from "../config/env.ts";
import { buildPlan } from "../core/build-plan.ts";
import { outcomeOf } from "../core/outcome-of.ts";
import type { PullRequestSnapshot } from "../core/pull-request.ts";
import { findRepository, type TokenConnection } from "../github/find-repository.ts";
import { createMirrors } from "../git/mirrors.ts";
import type { ChangeTrees, CodeHost } from "../review/ports.ts";
import { publish } from "../review/publish.ts";
import { systemClock } from "../system-clock.ts";
import { commandLogger } from "./command-logger.ts";
import { createMemoryLedger } from "./memory-ledger.ts";
import { readSources } from "./read-sources.ts";
import { plainText } from "./report/plain-text.ts";
import type { ReportInput } from "./report/report.ts";
import { reviewOnce, type CommandInput, type ReviewedOnce } from "./review-once.ts";
import { UsageError } from "./usage-error.ts";

export interface PullRequestReview extends CommandInput {
  /** `owner/repo#12` */
  readonly target: string;
}

/**
 * Reviews a pull request with one's own token. Nothing is written on GitHub without `--post`; with it the review is
 * posted in one's own name. A check run is not written: GitHub takes those from Apps alone.
 */
export const reviewPullRequest = async (run: PullRequestReview, signal: AbortSignal): Promise<ReportInput> => {
  const target = parseTarget(run.target);
  const { token, host } = hostOf(run.environment);
  const repository = await findRepository(connectionOf(run.environment, token), target, signal);
  const ref = repository === null ? null : { ...repository, number: target.number };
  const snapshot = ref === null ? null : await host.readPullRequest(ref, signal);
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

interface Target {
  readonly owner: string;
  readonly name: string;
  readonly number: number;
}

const parseTarget = (target: string): Target => {
  const [, owner, name, number] = /^([\w.-]+)\/([\w.-]+)#(\d{1,9})$/.exec(target) ?? [];
  if (owner === undefined || name === undefined || number === undefined)
    throw new UsageError(`"${target}" is no pull request: write owner/repo#12`);
  return { owner, name, number: Number(number) };
};

const hostOf = (environment: Environment): { readonly token: string; readonly host: CodeHost } => {
  const { GITHUB_TOKEN: token } = environment;
  if (token === undefined) throw new UsageError("set GITHUB_TOKEN to a token that may read the pull request");
  return { token, host: composeHost(environment, { kind: "token", token }, commandLogger()) };
};

const connectionOf = (environment: Environment, token: string): TokenConnection => ({
  apiUrl: githubAddresses(environment.GHE_HOST).apiUrl,
  auth: { kind: "token", token },
  userAgent: "codex-review",
  requestTimeoutMs: 30_000,
  clock: systemClock,
  random: Math.random,
});

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
  const logger = commandLogger();
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

const reviewTrees = async (
  run: PullRequestReview,
  { host, snapshot, trees }: Reading,
  signal: AbortSignal,
): Promise<ReportInput> => {
  const done = await reviewOnce(run, { ...snapshot, trees }, signal);
  const { result } = done;
  const posted = run.options.post === true;
  if (posted) await post({ host, snapshot }, done, signal);
  const sources = await readSources(trees, result, signal);
  const title = `${run.target} at ${snapshot.headSha.slice(0, 7)}${posted ? ", posted" : " (not posted; --post posts it)"}`;
  return { title, result, sources, repositoryUrl: snapshot.url.replace(/\/pull\/\d+$/, "") };
};

const post = async (
  { host, snapshot }: Omit<Reading, "trees">,
  { runId, policy, result }: ReviewedOnce,
  signal: AbortSignal,
): Promise<void> => {
  const plan = buildPlan({ runId, snapshot, outcome: outcomeOf(result), policy, requests: [] });
  const deps = { host, runs: createMemoryLedger(), clock: systemClock, onRefusedLine: sayRefused };
  await publish(deps, { ref: snapshot.ref, plan: { ...plan, check: null } }, signal);
};

const sayRefused = (message: string): void => {
  process.stderr.write(`GitHub refused a line, so the findings stand in the review's body: ${plainText(message)}\n`);
};
