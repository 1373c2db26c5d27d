import { createPublicKey } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { createAppIdentity } from "./app-identity.ts";
import { conversationControls } from "./control/conversations.ts";
import { installationControls } from "./control/installing.ts";
import { pullRequestControls } from "./control/pull-requests.ts";
import { readingControls } from "./control/reading.ts";
import { repositoryControls } from "./control/repositories.ts";
import { createDiffCache } from "./git/pull-diff.ts";
import { createGit } from "./git/run-git.ts";
import { createFaults } from "./http/faults.ts";
import { createRateLimiter } from "./http/rate-limit.ts";
import { createRequestLog } from "./http/request-log.ts";
import { serveRequest } from "./http/serve-request.ts";
import { githubLimits } from "./limits.ts";
import type { Simulator, SimulatorOptions } from "./simulator.ts";
import type { State } from "./state.ts";
import { createDeliverer } from "./webhooks/deliver.ts";
import type { Deliverer } from "./webhooks/deliver.ts";
import type { World } from "./world.ts";

const defaultSearchPath = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin";

const listen = (server: Server, port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("the simulator has no port"));
      else resolve(`http://127.0.0.1:${address.port}`);
    });
  });

const countingFrom = (first: number): (() => number) => {
  let last = first;
  return () => (last += 1);
};

const createState = (options: SimulatorOptions, from: { nextId: () => number; now: () => Date }): State => {
  const pem = options.app.publicKey ?? options.app.privateKey;
  if (pem === undefined) throw new Error("the simulator needs the App's public or private key");
  const app = createAppIdentity({ ...options.app, publicKey: createPublicKey(pem) }, from);
  return {
    app,
    webhookUrl: options.webhookUrl ?? null,
    accounts: new Map([app.bot, app.owner].map((account) => [account.login.toLowerCase(), account])),
    repos: [],
    installations: [],
    tokens: new Map(),
    nodes: new Map(),
    reactions: [],
    deliveries: [],
    manifests: new Map(),
  };
};

const createWorld = (options: SimulatorOptions, url: string): { world: World; deliverer: Deliverer } => {
  const now = options.now ?? (() => new Date());
  const nextId = countingFrom(options.firstId ?? 1000);
  const limits = { ...githubLimits, ...options.limits };
  const state = createState(options, { nextId, now });
  const git = createGit(options.searchPath ?? defaultSearchPath);
  const deliverer = createDeliverer({ state, limits, now, nextId });
  const { announce } = deliverer;
  const world = { state, limits, git, readDiff: createDiffCache(git), dir: options.dir, url, now, nextId, announce };
  return { world, deliverer };
};

const webhookControls = (world: World, deliverer: Deliverer) => ({
  setWebhookUrl: (target: string | null) => {
    world.state.webhookUrl = target;
  },
  deliveries: () => [...world.state.deliveries],
  redeliver: (guid: string) => {
    const delivery = world.state.deliveries.find((one) => one.guid === guid);
    if (delivery === undefined) throw new Error(`there is no delivery ${guid}`);
    deliverer.redeliver(delivery);
  },
  webhookFaults: deliverer.faults,
  settled: deliverer.settled,
});

/** Starts a GitHub on 127.0.0.1: REST, GraphQL, git over HTTP, signed webhooks and pull request pages. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  await mkdir(options.dir, { recursive: true });
  const server = createServer();
  const url = await listen(server, options.port ?? 0);
  const { world, deliverer } = createWorld(options, url);
  const log = createRequestLog();
  const faults = createFaults();
  const stop = new AbortController();
  const failures: Error[] = [];
  const limiter = createRateLimiter(world.limits, world.now);
  const onFailure = (error: Error): void => void failures.push(error);
  const serving = { world, deliverer, limiter, log, faults, stopped: stop.signal, onFailure };
  server.on("request", (request, response) => {
    serveRequest(serving, request, response).catch((error: unknown) => {
      // A caller that hung up before its request was complete is no failure of ours.
      if (request.complete) onFailure(error instanceof Error ? error : new Error(String(error)));
    });
  });
  const close = async (): Promise<void> => {
    stop.abort();
    await deliverer.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    if (failures.length > 0) throw new AggregateError(failures, `the simulator failed: ${failures[0]?.message}`);
  };
  return {
    url,
    apiUrl: `${url}/api/v3`,
    ...repositoryControls(world),
    ...pullRequestControls(world),
    ...conversationControls(world),
    ...installationControls(world),
    ...readingControls(world),
    ...webhookControls(world, deliverer),
    requests: log.records,
    count: log.count,
    clearRequests: () => void log.records.splice(0),
    observe: log.observe,
    faults,
    close,
  };
}
