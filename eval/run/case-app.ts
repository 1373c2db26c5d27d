import { generateKeyPairSync, randomBytes, randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Logger } from "pino";
import { composeApp } from "../../src/compose.ts";
import { readEnvironment } from "../../src/config/env.ts";
import { readOperatorPolicy } from "../../src/config/operator.ts";
import type { Observe } from "../../src/review/observe.ts";
import type { Model } from "../../src/review/model-ports.ts";
import type { Simulator } from "../../src/simulator/simulator.ts";
import { startSimulator } from "../../src/simulator/start-simulator.ts";
import { startServer, webhookPath } from "../../src/webhook/server.ts";

export interface CaseAppOptions {
  /** The model's and the reviews' variables; all others are the harness's own. */
  readonly env: Readonly<Record<string, string>>;
  readonly model: Model;
  readonly logger: Logger;
  readonly observe: Observe;
  /** A prepared data folder for the store; making the tables takes seconds. */
  readonly storeImage?: Blob;
}

export interface CaseApp {
  readonly github: Simulator;
  readonly stop: () => Promise<void>;
}

/** The owner of every case's repository. */
export const owner = "acme";

const graceMs = 2_000;

/** The whole app over a GitHub on this machine: HTTP, git, store and queue are real, for one case alone. */
export const startCaseApp = async (options: CaseAppOptions): Promise<CaseApp> => {
  const dir = await mkdtemp(join(tmpdir(), "codex-review-eval-"));
  const keys = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const credentials = { appId: 1, privateKey: keys.privateKey, webhookSecret: randomBytes(32).toString("hex") };
  const github = await startSimulator({
    dir: join(dir, "github"),
    // Tokens are minted once per installation, repository and process, whichever app asks: cases need ids of their own.
    firstId: randomInt(1, 1_000_000) * 1000,
    app: { id: 1, slug: "codex-review", webhookSecret: credentials.webhookSecret, publicKey: keys.publicKey },
  });
  const closeGitHub = async (): Promise<void> => {
    await github.close();
    await rm(dir, { recursive: true, force: true });
  };
  try {
    const stopApp = await startApp(options, { dir, github, credentials });
    return {
      github,
      stop: async () => {
        await github.settled();
        await stopApp();
        await closeGitHub();
      },
    };
  } catch (error) {
    await closeGitHub();
    throw error;
  }
};

interface Around {
  readonly dir: string;
  readonly github: Simulator;
  readonly credentials: Parameters<typeof composeApp>[0]["credentials"];
}

const startApp = async (
  { env, model, logger, observe, storeImage }: CaseAppOptions,
  { dir, github, credentials }: Around,
): Promise<() => Promise<void>> => {
  const environment = readEnvironment({
    ...env,
    GHE_HOST: github.url,
    DATA_DIR: join(dir, "data"),
    ALLOWED_OWNERS: owner,
    CONCURRENCY: "1",
  });
  const app = await composeApp({
    environment,
    credentials,
    operator: readOperatorPolicy(environment, () => ""),
    logger,
    role: "all",
    processEnvironment: { PATH: process.env["PATH"], HOME: dir },
    observe,
    // A case that failed is run again by hand, from its journal.
    retry: { limit: 0, delaySeconds: 0, maxDelaySeconds: 0 },
    model,
    ...(storeImage === undefined ? {} : { storeImage }),
  });
  await app.startWork();
  const onFailure = (error: unknown): void => logger.error({ err: error }, "a request failed");
  const server = await startServer(
    { routes: { [webhookPath]: app.intake }, onFailure },
    { host: "127.0.0.1", port: 0 },
  );
  github.setWebhookUrl(server.url + webhookPath);
  return async () => {
    await server.close();
    await app.stop(graceMs);
  };
};
