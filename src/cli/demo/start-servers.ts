import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Logger } from "pino";
import { composeApp } from "../../compose.ts";
import { readEnvironment, type AppCredentials } from "../../config/env.ts";
import { readOperatorPolicy } from "../../config/operator.ts";
import type { Notice } from "../../core/run.ts";
import type { Observe } from "../../review/observe.ts";
import type { Model } from "../../review/model-ports.ts";
import type { Simulator } from "../../simulator/simulator.ts";
import { startSimulator } from "../../simulator/start-simulator.ts";
import { healthRoutes, startServer, webhookPath } from "../../webhook/server.ts";

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
  const credentials = createCredentials();
  const github = await startGitHub(input, { dir, credentials });
  const closeGitHub = async (): Promise<void> => {
    // An interrupt ends the git processes that serve a request, too: that is for the log, not for the terminal.
    await github.close().catch((error: unknown) => input.githubLog.error({ err: error }, "the simulator failed"));
    await rm(dir, { recursive: true, force: true });
  };
  try {
    const app = await startApp(input, { dir, credentials, githubUrl: github.url });
    github.setWebhookUrl(`${app.url}${webhookPath}`);
    const stop = async (): Promise<void> => {
      await github.settled();
      await app.stop();
      await closeGitHub();
    };
    return { github, appUrl: app.url, stop };
  } catch (error) {
    await closeGitHub();
    throw error;
  }
};

const createCredentials = (): AppCredentials => {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return { appId: 1, privateKey, webhookSecret: randomBytes(32).toString("hex") };
};

interface Place {
  readonly dir: string;
  readonly credentials: AppCredentials;
}

const startGitHub = async (input: ServersInput, { dir, credentials }: Place): Promise<Simulator> => {
  const { appId: id, ...secrets } = credentials;
  const searchPath = input.processEnvironment["PATH"];
  const github = await startSimulator({
    dir: join(dir, "github"),
    app: { id, slug: "codex-review", ...secrets },
    ...(searchPath === undefined ? {} : { searchPath }),
  });
  github.observe(({ kind, method, path, operations, status }) =>
    input.githubLog.info({ kind, method, path, operations, status }, "request"),
  );
  return github;
};

const startApp = async (
  input: ServersInput,
  { dir, credentials, githubUrl }: Place & { readonly githubUrl: string },
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> => {
  const { appLog: logger, model, notices, observe, processEnvironment, storeImage } = input;
  const environment = readEnvironment({
    ...input.env,
    GHE_HOST: githubUrl,
    DATA_DIR: join(dir, "data"),
    // The owner that pull-request.json names; the simulated App belongs to nobody in it.
    ALLOWED_OWNERS: "parcels",
  });
  const app = await composeApp({
    environment,
    credentials,
    operator: readOperatorPolicy(environment, () => ""),
    logger,
    processEnvironment,
    role: "all",
    observe,
    notices,
    ...(model === null ? {} : { model }),
    // Whoever watches should not wait for a quarter of an hour to hear that it does not work.
    retry: { limit: 1, delaySeconds: 1, maxDelaySeconds: 1 },
    ...(storeImage === undefined ? {} : { storeImage }),
  });
  await app.startWork();
  const onFailure = (error: unknown): void => logger.error({ err: error }, "a request failed");
  const routes = { [webhookPath]: app.intake, ...healthRoutes(app.storeAnswers) };
  const server = await startServer({ routes, onFailure }, { host: "127.0.0.1", port: 0 });
  return {
    url: server.url,
    stop: async () => {
      await server.close();
      await app.stop(graceMs);
    },
  };
};
