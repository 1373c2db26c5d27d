import { generateKeyPairSync } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { composeApp } from "../../src/compose.ts";
import { readEnvironment } from "../../src/config/env.ts";
import { readOperatorPolicy } from "../../src/config/operator.ts";
import type { RunEvent } from "../../src/review/observe.ts";
import type { Model } from "../../src/review/model-ports.ts";
import type { Analyzer } from "../../src/review/ports.ts";
import type { PullView, Simulator, SimulatorOptions } from "../../src/simulator/simulator.ts";
import { startSimulator } from "../../src/simulator/start-simulator.ts";
import { startServer, webhookPath } from "../../src/webhook/server.ts";
import { createScriptedReviewer } from "./scripted-reviewer.ts";
import { pagedShop, shop } from "./shop-files.ts";
import { watchSimulator } from "../contract/watch-simulator.ts";
import { readPgliteImage, type StorePlace, type StoreUnderTest } from "../setup/stores.ts";

const keys = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const appId = 4711;
const webhookSecret = "it is a secret";

export interface World {
  readonly github: Simulator;
  /** What the app told of its runs since the last `enter`. */
  readonly events: readonly RunEvent[];
  /** Starts a test in a world that several share: the model answers by `script`, events, faults and requests are forgotten. */
  readonly enter: (script?: Model) => void;
  /** Resolves once `condition` holds; rejects with the events so far when it does not within `seconds`. */
  readonly until: (condition: () => boolean, seconds?: number) => Promise<void>;
  /** Resolves when requests with this trigger were answered `times` times; answers with the last note. */
  readonly answered: (trigger: string, times?: number) => Promise<string>;
  /** Everything that went over the wire and did not fit GitHub's own descriptions. */
  readonly violations: () => readonly string[];
  readonly stop: () => Promise<void>;
}

export interface WorldOptions {
  readonly store: StoreUnderTest;
  readonly model?: Model;
  readonly env?: Readonly<Record<string, string>>;
  readonly attempts?: number;
  readonly limits?: SimulatorOptions["limits"];
  readonly requestTimeoutMs?: number;
  readonly analyzers?: readonly Analyzer[];
  /** What happens before the app starts, on the same GitHub and with the app's own settings. */
  readonly before?: (github: Simulator, env: Readonly<Record<string, string>>) => Promise<void>;
}

/** The whole app over the simulator: real HTTP, real git, a real store and queue; only the model may be scripted. */
export const startWorld = async (options: WorldOptions): Promise<World> => {
  const { store, env = {}, attempts = 3 } = options;
  let model = options.model ?? silent;
  const dir = await mkdtemp(join(tmpdir(), "codex-review-e2e-"));
  const github = await startSimulator({
    dir,
    app: { id: appId, slug: "codex-review", webhookSecret, publicKey: keys.publicKey },
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  const violations = watchSimulator(github);
  const place = await openPlace(store, dir);
  const settings = {
    APP_ID: String(appId),
    PRIVATE_KEY: keys.privateKey,
    WEBHOOK_SECRET: webhookSecret,
    GHE_HOST: github.url,
    ALLOWED_OWNERS: "acme",
    DATA_DIR: place.dataDir,
    ...(place.databaseUrl === null ? {} : { DATABASE_URL: place.databaseUrl }),
    ...env,
  };
  await options.before?.(github, settings);
  const environment = readEnvironment(settings);
  const events: RunEvent[] = [];
  const failures: unknown[] = [];
  const logger = pino({ level: "error" }, { write: (line: string) => failures.push(line) });
  const app = await composeApp({
    environment,
    credentials: { appId, privateKey: keys.privateKey, webhookSecret },
    operator: readOperatorPolicy(environment, () => ""),
    logger,
    role: "all",
    processEnvironment: { PATH: process.env["PATH"], HOME: dir },
    observe: (event) => events.push(event),
    retry: { limit: attempts - 1, delaySeconds: 0, maxDelaySeconds: 0 },
    watchEveryMs: 50,
    ...(options.analyzers === undefined ? {} : { analyzers: options.analyzers }),
    ...(options.requestTimeoutMs === undefined ? {} : { requestTimeoutMs: options.requestTimeoutMs }),
    ...(place.image === null || existsSync(join(place.dataDir, "store")) ? {} : { storeImage: place.image }),
    model: { turn: (request, signal) => model.turn(request, signal) },
  });
  await app.startWork();
  const server = await startServer(
    { routes: { [webhookPath]: app.intake }, onFailure: (error) => failures.push(error) },
    { host: "127.0.0.1", port: 0 },
  );
  github.setWebhookUrl(server.url + webhookPath);
  const until = (condition: () => boolean, seconds = 20): Promise<void> =>
    waitFor(condition, seconds, () => JSON.stringify({ events: events.map(({ kind }) => kind), failures }));
  return {
    github,
    events,
    enter: (script = silent) => {
      model = script;
      events.length = 0;
      failures.length = 0;
      github.faults.clear();
      github.webhookFaults.clear();
      github.clearRequests();
    },
    until,
    answered: async (trigger, times = 1) => {
      const answers = () =>
        events.flatMap((event) => (event.kind === "answered" && event.triggers.includes(trigger) ? [event.note] : []));
      await until(() => answers().length >= times);
      return answers().at(-1) ?? "";
    },
    violations,
    stop: async () => {
      await github.settled();
      await server.close();
      await app.stop(5_000);
      await github.close();
      await place.remove();
      await rm(dir, { recursive: true, force: true });
    },
  };
};

/** Answers nothing but that it found nothing. */
const silent: Model = createScriptedReviewer([]);

/** The embedded store starts from an image with all tables; making them takes longer than a test. */
const openPlace = async (store: StoreUnderTest, dir: string): Promise<StorePlace & { readonly image: Blob | null }> =>
  store.name === "PGlite"
    ? { dataDir: join(dir, "data"), databaseUrl: null, image: await readPgliteImage(), remove: async () => undefined }
    : { ...(await store.place()), image: null };

const waitFor = async (condition: () => boolean, seconds: number, describe: () => string): Promise<void> => {
  const end = Date.now() + seconds * 1000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`nothing came of it in ${seconds} s: ${describe()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** `acme/shop`, or another `name`, with a pull request of alice, who may write, that brings a defect on line 3 of src/pages.ts. */
export const openShop = async (
  github: Simulator,
  options: {
    readonly name?: string;
    readonly draft?: boolean;
    readonly base?: Readonly<Record<string, string>>;
    readonly head?: Readonly<Record<string, string>>;
    readonly title?: string;
    readonly body?: string;
    readonly author?: string;
    readonly policy?: string;
  } = {},
): Promise<PullView> => {
  const { name = "shop" } = options;
  const repo = `acme/${name}`;
  const policy = options.policy === undefined ? {} : { ".github/codex-review.yml": options.policy };
  await github.createRepository({ owner: "acme", name, files: { ...shop, ...policy, ...options.base } });
  github.setPermission(repo, "alice", "write");
  // The name makes the head another commit than that of a like repository of the same second.
  const message = `Page ${name}`;
  await github.push(repo, "feature", { files: options.head ?? pagedShop, message, login: "alice" });
  return github.openPullRequest({
    repo,
    head: "feature",
    title: options.title ?? "Page the list",
    body: options.body ?? "The list is too long.",
    author: options.author ?? "alice",
    draft: options.draft ?? false,
  });
};
