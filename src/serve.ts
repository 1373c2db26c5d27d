import { readFileSync } from "node:fs";
import pino, { type DestinationStream, type Logger } from "pino";
import { composeApp, type App } from "./compose.ts";
import { ConfigurationError, readEnvironment, type Environment } from "./config/env.ts";
import { readOperatorPolicy } from "./config/operator.ts";
import type { RunEvent } from "./review/observe.ts";
import { healthRoutes, startServer, webhookPath, type RunningServer } from "./webhook/server.ts";

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

/** Starts the server, the worker, or both, as the environment says. */
export const serve = async (env: Readonly<Record<string, string | undefined>>): Promise<Running> => {
  const environment = readEnvironment(env);
  const logger = createLogger(environment.LOG_LEVEL);
  if (environment.app === null) throw new ConfigurationError("the App is not set up");
  const operator = readOperatorPolicy(environment, (path) => readFileSync(path, "utf8"));
  const role = environment.ROLE;
  const app = await composeApp({
    environment,
    credentials: environment.app,
    operator,
    logger,
    role,
    processEnvironment: env,
    observe: (event) => logger.info(logged(event), event.kind),
  });
  await app.startWork();
  const server = role === "worker" ? null : await startWeb(app, environment, logger);
  logger.info({ url: server?.url ?? null, role }, "codex-review runs");
  return {
    url: server?.url ?? null,
    stop: async () => {
      await server?.close();
      await app.stop(graceMs);
      logger.info("stopped");
    },
  };
};

const startWeb = (app: App, environment: Environment, logger: Logger): Promise<RunningServer> =>
  startServer(
    {
      routes: { [webhookPath]: app.intake, ...healthRoutes(app.storeAnswers) },
      onFailure: (error) => logger.error({ err: error }, "a request failed"),
    },
    { host: environment.HOST, port: environment.PORT },
  );

/** Results are long and stand in the store; a log line carries what one would search for. */
export const logged = (event: RunEvent): Record<string, unknown> => {
  if (event.kind === "pass_done") return { pass: event.pass, candidates: event.judged.length };
  if (event.kind !== "reviewed") return { ...event };
  const { runId, findings, usage } = event.result;
  return { runId, findings: findings.length, usage };
};
