import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import pino, { type DestinationStream, type Logger } from "pino";
import { composeApp, githubAddresses } from "./compose.ts";
import { appFilePath, readAppFile, writeAppFile } from "./config/app-file.ts";
import { readEnvironment, type AppCredentials, type Environment } from "./config/env.ts";
import { readOperatorPolicy } from "./config/operator.ts";
import type { RunEvent } from "./review/observe.ts";
import { convertManifest } from "./webhook/convert-manifest.ts";
import { startProxy } from "./webhook/proxy.ts";
import { healthRoutes, startServer, webhookPath, type RequestHandler, type RunningServer } from "./webhook/server.ts";
import { createSetup } from "./webhook/setup.ts";

/** Time that running reviews get to end after SIGTERM; what is not done by then is handed back to the queue. */
const graceMs = 30_000;

/** Writes JSON lines without secrets; to standard output where no destination is given. */
export const createLogger = (
  level: Environment["LOG_LEVEL"],
  destination: DestinationStream = pino.destination(1),
): Logger =>
  pino(
    {
      level,
      base: null,
      redact: {
        paths: ["*.authorization", "*.token", "*.privateKey", "*.apiKey", "*.headers.authorization"],
        censor: "[secret]",
      },
    },
    destination,
  );

export interface Running {
  readonly url: string | null;
  readonly stop: () => Promise<void>;
}

type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

const readText = (path: string): string => readFileSync(path, "utf8");

/** Starts the server, the worker, or both, as the environment says; without an App, setup mode. */
export const serve = async (env: ProcessEnvironment): Promise<Running> => {
  const environment = readWithAppFile(env);
  const logger = createLogger(environment.LOG_LEVEL);
  if (environment.app === null) return serveSetup(environment, logger);
  return serveApp({ environment, env, logger }, environment.app);
};

/** What setup mode wrote counts only where the environment names no App. */
const readWithAppFile = (env: ProcessEnvironment): Environment => {
  const environment = readEnvironment(env);
  if (environment.app !== null) return environment;
  return readEnvironment({ ...env, ...readAppFile(environment.DATA_DIR, readText) });
};

interface Serving {
  readonly environment: Environment;
  readonly env: ProcessEnvironment;
  readonly logger: Logger;
}

const serveApp = async ({ environment, env, logger }: Serving, credentials: AppCredentials): Promise<Running> => {
  const role = environment.ROLE;
  const app = await composeApp({
    environment,
    credentials,
    operator: readOperatorPolicy(environment, readText),
    logger,
    role,
    processEnvironment: env,
    observe: (event) => logger.info(logged(event), event.kind),
  });
  await app.startWork();
  const routes = { [webhookPath]: app.intake, ...healthRoutes(app.storeAnswers) };
  const server = role === "worker" ? null : await startWeb(routes, environment, logger);
  const proxy = server === null ? null : await startOwnProxy(server, environment, logger);
  logger.info({ url: server?.url ?? null, role }, "codex-review runs");
  return {
    url: server?.url ?? null,
    stop: async () => {
      await proxy?.close();
      await server?.close();
      await app.stop(graceMs);
      logger.info("stopped");
    },
  };
};

const startWeb = (
  routes: Readonly<Record<string, RequestHandler>>,
  environment: Environment,
  logger: Logger,
): Promise<RunningServer> =>
  startServer(
    { routes, onFailure: (error) => logger.error({ err: error }, "a request failed") },
    { host: environment.HOST, port: environment.PORT },
  );

const startOwnProxy = async (server: RunningServer, environment: Environment, logger: Logger) => {
  const { WEBHOOK_PROXY_URL: source } = environment;
  if (source === undefined) return null;
  const onFailure = (error: unknown): void => logger.error({ err: error }, "the webhook proxy failed");
  return startProxy({ source, target: server.url + webhookPath, onFailure });
};

const serveSetup = async (environment: Environment, logger: Logger): Promise<Running> => {
  const { apiUrl, gitUrl } = githubAddresses(environment.GHE_HOST);
  const code = randomBytes(5).toString("hex");
  const setup = createSetup({
    githubUrl: gitUrl,
    proxyUrl: environment.WEBHOOK_PROXY_URL ?? null,
    code,
    newState: () => randomBytes(16).toString("hex"),
    convert: (given) => convertManifest(apiUrl, given),
    save: (app) => writeAppFile(environment.DATA_DIR, app),
  });
  const routes = { ...setup, ...healthRoutes(() => Promise.resolve(false)) };
  const server = await startWeb(routes, environment, logger);
  logger.info(
    { url: server.url, setupCode: code, file: appFilePath(environment.DATA_DIR) },
    "no App is set up: open the url to register one (the code is asked for from other machines), then start again",
  );
  return { url: server.url, stop: () => server.close() };
};

/** Results are long and stand in the store; a log line carries what one would search for. */
export const logged = (event: RunEvent): Record<string, unknown> => {
  if (event.kind === "pass_done") return { pass: event.pass, candidates: event.judged.length };
  if (event.kind !== "reviewed") return { ...event };
  const { runId, findings, usage } = event.result;
  return { runId, findings: findings.length, usage };
};
