import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Logger } from "pino";
import { composeApp, type App } from "../../compose.ts";
import { readEnvironment } from "../../config/env.ts";
import { readOperatorPolicy } from "../../config/operator.ts";
import type { Notice } from "../../core/run.ts";
import type { Observe } from "../../review/observe.ts";
import type { Model } from "../../review/ports.ts";
import type { Simulator } from "../../simulator/simulator.ts";
import { startSimulator } from "../../simulator/start-simulator.ts";
import { healthRoutes, startServer, webhookPath, type RunningServer } from "../../webhook/server.ts";

const appId = 1;
const graceMs = 5_000;

export interface ServersInput {
  /** The model's and the reviews' variables; everything about the App and its store is the demo's own. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly processEnvironment: Readonly<Record<string, string | undefined>>;
  readonly model: Model | null;
  readonly notices: readonly Notice[];
  readonly appLog: Logger;
  readonly githubLog: Logger;
  readonly observe: Observe;
  readonly storeImage?: Blob;
}

export interface Servers {
  readonly github: Simulator;
  readonly appUrl: string;
  /** Stops both and removes what they kept. */
  readonly stop: () => Promise<void>;
}

/** Starts a GitHub and the app on free ports of 127.0.0.1, with a key, a secret and a data folder of their own. */
export const startServers = async (input: ServersInput): Promise<Servers> => {
  const dir = await mkdtemp(join(tmpdir(), "codex-review-demo-"));
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const credentials = { appId, privateKey, webhookSecret: randomBytes(32).toString("hex") };
  const github = await startSimulator({
    dir: join(dir, "github"),
    app: { id: appId, slug: "codex-review", privateKey, webhookSecret: credentials.webhookSecret },
    ...(input.processEnvironment["PATH"] === undefined ? {} : { searchPath: input.processEnvironment["PATH"] }),
  });
  github.observe(({ kind, method, path, operations, status }) =>
    input.githubLog.info({ kind, method, path, operations, status }, "request"),
  );
  const environment = readEnvironment({ ...input.env, GHE_HOST: github.url, DATA_DIR: join(dir, "data") });
  const app = await composeApp({
    environment,
    credentials,
    operator: readOperatorPolicy(environment, () => ""),
    logger: input.appLog,
    processEnvironment: input.processEnvironment,
    role: "all",
    observe: input.observe,
    notices: input.notices,
    ...(input.model === null ? {} : { model: input.model }),
    // Whoever watches should not wait for a quarter of an hour to hear that it does not work.
    retry: { limit: 1, delaySeconds: 1, maxDelaySeconds: 1 },
    ...(input.storeImage === undefined ? {} : { storeImage: input.storeImage }),
  });
  const server = await serveApp(app, input.appLog);
  github.setWebhookUrl(`${server.url}${webhookPath}`);
  return {
    github,
    appUrl: server.url,
    stop: async () => {
      await github.settled();
      await server.close();
      await app.stop(graceMs);
      await github.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
};

const serveApp = async (app: App, logger: Logger): Promise<RunningServer> => {
  await app.startWork();
  return startServer(
    {
      routes: { [webhookPath]: app.intake, ...healthRoutes(app.storeAnswers) },
      onFailure: (error) => logger.error({ err: error }, "a request failed"),
    },
    { host: "127.0.0.1", port: 0 },
  );
};
