import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Logger } from "pino";
import { createLockFileCheck } from "./analyzers/lock-file-check.ts";
import { createOxlint } from "./analyzers/oxlint.ts";
import { createRuff } from "./analyzers/ruff.ts";
import { createSecretlint } from "./analyzers/secretlint.ts";
import type { AppCredentials, Environment } from "./config/env.ts";
import { clampPolicy, type OperatorPolicy } from "./config/operator.ts";
import { policyPath, readPolicy } from "./config/policy.ts";
import { createServes } from "./config/serves.ts";
import type { PullRequestSnapshot } from "./core/pull-request.ts";
import type { Notice } from "./core/run.ts";
import { createMirrors } from "./git/mirrors.ts";
import { createCodeHost } from "./github/create-code-host.ts";
import { inspectApp } from "./github/inspect-app.ts";
import { journaled } from "./model/journal.ts";
import { createModel } from "./model/openai.ts";
import type { ModelPrices } from "./model/prices.ts";
import { createQueue } from "./queue/pg-boss.ts";
import { handlePullRequest } from "./review/handle-job.ts";
import type { Observe } from "./review/observe.ts";
import type { Analyzer, CodeHost, Syntax } from "./review/ports.ts";
import type { Journal, Model } from "./review/model-ports.ts";
import type { Queue } from "./review/store-ports.ts";
import type { ReviewDeps } from "./review/review-deps.ts";
import { runReview } from "./review/run-review.ts";
import { openDatabase, type Database } from "./store/database.ts";
import { createDeliveryStore } from "./store/delivery-store.ts";
import { deleteOlderThan } from "./store/forget.ts";
import { createJournalStore } from "./store/journal-store.ts";
import { createLeaseStore } from "./store/lease-store.ts";
import { createRunStore } from "./store/run-store.ts";
import { createWantedStore } from "./store/wanted-store.ts";
import { createSyntax } from "./syntax/create-syntax.ts";
import { systemClock } from "./system-clock.ts";
import { createDeliveryHandler } from "./webhook/create-delivery-handler.ts";
import { createIntake } from "./webhook/intake.ts";
import type { RequestHandler } from "./webhook/server.ts";

export interface ComposeOptions {
  readonly environment: Environment;
  readonly credentials: AppCredentials;
  readonly operator: OperatorPolicy;
  readonly logger: Logger;
  /** PATH, HOME, proxies: what reaches git. */
  readonly processEnvironment: Readonly<Record<string, string | undefined>>;
  readonly role: Environment["ROLE"];
  readonly observe?: Observe;
  /** Takes the place of the configured model: a recording, or a scripted one in tests. */
  readonly model?: Model;
  /** Takes the place of the analyzers: none, where only the rest of the work is measured. */
  readonly analyzers?: readonly Analyzer[];
  /** Said of every run, beside what it finds: that its model is a recording. */
  readonly notices?: readonly Notice[];
  /** How often a run looks whether it is still wanted. */
  readonly watchEveryMs?: number;
  readonly retry?: { readonly limit: number; readonly delaySeconds: number; readonly maxDelaySeconds: number };
  /** A prepared data folder to start an empty embedded store from. */
  readonly storeImage?: Blob;
  /** How long one request to GitHub may take. */
  readonly requestTimeoutMs?: number;
}

/** The app with everything wired: a handler for webhooks, and a worker to start and stop. */
export interface App {
  readonly intake: RequestHandler;
  readonly storeAnswers: () => Promise<boolean>;
  readonly startWork: () => Promise<void>;
  /** Stops taking jobs, gives the running ones `graceMs`, hands the rest back and closes the store. */
  readonly stop: (graceMs: number) => Promise<void>;
}

const mirrorBytes = 20 * 1024 ** 3;
const defaultWatchEveryMs = 2_000;

export const composeApp = async (options: ComposeOptions): Promise<App> => {
  const { environment, credentials, operator, role } = options;
  const onFailure = reportTo(options.logger);
  const database = await openStore(options, onFailure);
  const queue = await createQueue({
    engine: database.engine,
    role,
    concurrency: operator.concurrency,
    onError: onFailure,
    ...(options.retry === undefined ? {} : { retry: options.retry }),
  });
  const host = createCodeHost({
    ...hostOptions(environment, options.logger),
    auth: { kind: "app", ...credentials },
    ...(options.requestTimeoutMs === undefined ? {} : { requestTimeoutMs: options.requestTimeoutMs }),
  });
  const work = role === "web" ? null : await composeWork(options, { database, queue, host, onFailure });
  return {
    intake: createIntake({
      secret: credentials.webhookSecret,
      appId: credentials.appId,
      deliveries: createDeliveryStore(database),
      queue,
      clock: systemClock,
      onFailure,
    }),
    storeAnswers: async () => {
      const { rows } = await database.connection.executeSql("select 1 as one");
      return rows.length === 1;
    },
    startWork: async () => work?.start(),
    stop: async (graceMs) => {
      work?.rest();
      await queue.stop(graceMs);
      await work?.close();
      await database.close();
    },
  };
};

const reportTo =
  (logger: Logger) =>
  (error: unknown): void => {
    logger.error({ err: error }, error instanceof Error ? error.message : "failure");
  };

const openStore = (options: ComposeOptions, onConnectionLost: (error: unknown) => void): Promise<Database> => {
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = options.environment;
  if (databaseUrl !== undefined) return openDatabase({ databaseUrl, onConnectionLost });
  return openDatabase({
    dataDir: join(dataDir, "store"),
    ...(options.storeImage === undefined ? {} : { image: options.storeImage }),
  });
};

/** GitHub's addresses: github.com, or an Enterprise Server's (`GHE_HOST`, https unless it says http). */
export const githubAddresses = (gheHost: string | undefined): { readonly apiUrl: string; readonly gitUrl: string } => {
  if (gheHost === undefined) return { apiUrl: "https://api.github.com", gitUrl: "https://github.com" };
  const root = /^https?:\/\//.test(gheHost) ? gheHost : `https://${gheHost}`;
  return { apiUrl: `${root}/api/v3`, gitUrl: root };
};

type HostAuth = Parameters<typeof createCodeHost>[0]["auth"];

const hostOptions = (environment: Environment, logger: Logger) => ({
  ...githubAddresses(environment.GHE_HOST),
  userAgent: "codex-review",
  clock: systemClock,
  random: Math.random,
  logger,
});

export const composeHost = (environment: Environment, auth: HostAuth, logger: Logger): CodeHost =>
  createCodeHost({ ...hostOptions(environment, logger), auth });

interface Wired {
  readonly database: Database;
  readonly queue: Queue;
  readonly host: CodeHost;
  readonly onFailure: (error: unknown) => void;
}

const composeWork = async (options: ComposeOptions, { database, queue, host, onFailure }: Wired) => {
  const { environment, credentials, operator, processEnvironment, logger } = options;
  const deliveries = createDeliveryStore(database);
  const runs = createRunStore(database);
  const wanted = createWantedStore(database);
  const repository = createMirrors({
    dir: join(environment.DATA_DIR, "mirrors"),
    maxBytes: mirrorBytes,
    environment: processEnvironment,
    clock: systemClock,
    onUpkeepFailed: onFailure,
  });
  const observe = options.observe ?? (() => undefined);
  const review = composeReview(options, createJournalStore(database));
  const policyOf = createPolicyOf(operator, options.notices ?? []);
  const handleDelivery = await createDeliveryHandler(
    { deliveries, wanted, queue, host, runs, repository, policyOf, limits: hostLimits(options) },
    { appId: credentials.appId, privateKey: credentials.privateKey, secret: credentials.webhookSecret },
  );
  const jobDeps = {
    host,
    repository,
    wanted,
    leases: createLeaseStore(database),
    runs,
    clock: systemClock,
    ids: { next: randomUUID },
    observe,
    watchEveryMs: options.watchEveryMs ?? defaultWatchEveryMs,
    limits: hostLimits(options),
    policyOf,
    review: (input: Parameters<typeof runReview>[1], signal: AbortSignal) =>
      runReview({ ...review, observe }, input, signal),
    onRefusedLine: (message: string) =>
      logger.error({ refused: message }, "GitHub refused a line that was found valid"),
    onFailure,
  };
  return {
    start: () =>
      queue.work((job, context) =>
        job.kind === "delivery"
          ? handleDelivery(job.guid, context.signal)
          : handlePullRequest(jobDeps, job.pullRequest, context),
      ),
    rest: forgetDaily(database, onFailure),
    close: () => review.close(),
  };
};

const dayMs = 24 * 60 * 60 * 1000;
const keepTracesDays = 30;

/** Deletes traces that are over their time, now and once a day, until the function that it answers with is called. */
const forgetDaily = (database: Database, onFailure: (error: unknown) => void): (() => void) => {
  const forget = (): void => {
    deleteOlderThan(database, { days: keepTracesDays, now: systemClock.now() }).catch(onFailure);
  };
  forget();
  const timer = setInterval(forget, dayMs);
  timer.unref();
  return () => clearInterval(timer);
};

const hostLimits = ({ credentials, environment, logger, operator }: ComposeOptions) => ({
  forks: operator.forks,
  usdPerDay: operator.usd_per_day,
  reviewsPerAuthorAndDay: operator.reviews_per_author_and_day,
  serves: createServes(operator.allowed_owners, async () => {
    const app = { appId: credentials.appId, privateKey: credentials.privateKey, requestTimeoutMs: 10_000 };
    return (await inspectApp({ ...hostOptions(environment, logger), ...app }).facts(AbortSignal.timeout(10_000))).owner;
  }),
});

export const createPolicyOf =
  (operator: OperatorPolicy, notices: readonly Notice[]) =>
  (snapshot: Pick<PullRequestSnapshot, "policyOnBase" | "policyOnDefault">) => {
    const { policy, problems } = readPolicy({ base: snapshot.policyOnBase, default: snapshot.policyOnDefault });
    const said = problems.map(({ branch, line, message }): Notice => ({
      kind: "policy",
      text: `\`${policyPath}\` on the ${branch} branch, line ${line}: ${message}. The defaults are used.`,
    }));
    return { policy: clampPolicy(policy, operator), notices: [...notices, ...said] };
  };

export interface ComposedReview extends ReviewDeps {
  readonly close: () => Promise<void>;
}

/** The review with its analyzers, parsers and model; the same for pull requests and local changes. */
export const composeReview = (
  options: Pick<ComposeOptions, "environment" | "logger" | "model" | "analyzers" | "processEnvironment"> & {
    readonly operator?: Pick<OperatorPolicy, "model_prices">;
  },
  journal: Journal,
): ComposedReview => {
  const { environment } = options;
  const syntax: Syntax = createSyntax();
  const model = options.model ?? composeModel(environment, options.logger, options.operator?.model_prices);
  const finder = environment.MODEL;
  return {
    analyzers: options.analyzers ?? [createOxlint(), createRuff(), createSecretlint(), createLockFileCheck()],
    syntax,
    clock: systemClock,
    modelOf: (runId) => (model === null ? null : journaled({ model, journal, runId })),
    models: { finder, verifier: environment.MODEL_VERIFIER ?? finder },
    overrides: {
      minutes: environment.REVIEW_MINUTES ?? null,
      turns: environment.REVIEW_TURNS ?? null,
      tokens: environment.REVIEW_TOKENS ?? null,
    },
    close: async () => undefined,
  };
};

/** Null where neither a key nor an address of a model is set. */
export const composeModel = (
  environment: Environment,
  logger: Logger,
  prices: ModelPrices = environment.MODEL_PRICES,
): Model | null => {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl } = environment;
  if (apiKey === undefined && baseUrl === undefined) return null;
  return createModel({
    api: environment.MODEL_API,
    // Servers on one's own machine want no key, but the client insists on one.
    apiKey: apiKey ?? "none",
    baseUrl: baseUrl ?? null,
    timeoutMs: environment.MODEL_TIMEOUT * 1000,
    fallbackModel: environment.MODEL_FALLBACK ?? null,
    prices,
    clock: systemClock,
    random: Math.random,
    onRetry: (message) => logger.warn(message),
  });
};
