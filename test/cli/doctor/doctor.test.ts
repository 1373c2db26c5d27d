import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkEvents, checkPermissions } from "../../../src/cli/doctor/check-app.ts";
import { judgeVersion } from "../../../src/cli/doctor/check-git.ts";
import { judgeDeliveries } from "../../../src/cli/doctor/check-webhook.ts";
import type { Check } from "../../../src/cli/doctor/check.ts";
import { examine } from "../../../src/cli/doctor/examine.ts";
import { lockFolder } from "../../../src/store/folder-lock.ts";
import type { Simulator } from "../../../src/simulator/simulator.ts";
import { startSimulator } from "../../../src/simulator/start-simulator.ts";
import { startServer, webhookPath, type RequestHandler, type RunningServer } from "../../../src/webhook/server.ts";
import { runCli } from "../run-cli.ts";
import { startResponsesServer } from "../responses-server.ts";

const newKey = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
const keys = newKey();

const diagnose = async (
  variables: Readonly<Record<string, string | undefined>>,
): Promise<ReadonlyMap<string, Check>> => {
  const found = new Map<string, Check>();
  const examination = { variables, readFile: () => "", fetch: fetchWithoutUsers };
  for await (const check of examine(examination, new AbortController().signal)) found.set(check.topic, check);
  return found;
};

/** The simulator has no `/users`; GitHub answers for `codex`, which somebody has. */
const fetchWithoutUsers: typeof fetch = async (input, init) =>
  String(input instanceof Request ? input.url : input).endsWith("/users/codex")
    ? Response.json({ login: "codex" })
    : fetch(input, init);

const onFailure = (error: unknown): never => expect.fail(String(error));

describe("the doctor at an App on GitHub", () => {
  let dir: string;
  let github: Simulator;
  let server: RunningServer;
  /** What it answers to deliveries, and to what is not signed. */
  let answers: { signed: number; unsigned: number };
  const handle: RequestHandler = async (request, response) => {
    const signed = request.headers["x-hub-signature-256"] !== undefined;
    response.writeHead(signed ? answers.signed : answers.unsigned).end();
  };
  beforeAll(async () => {
    server = await startServer({ routes: { [webhookPath]: handle }, onFailure }, { host: "127.0.0.1", port: 0 });
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    answers = { signed: 202, unsigned: 401 };
    dir = await mkdtemp(join(tmpdir(), "codex-review-doctor-"));
    github = await startSimulator({
      dir,
      app: { id: 4711, slug: "codex-review", webhookSecret: "a secret", publicKey: keys.publicKey },
      webhookUrl: server.url + webhookPath,
    });
  });
  afterEach(async () => {
    await github.close();
    await rm(dir, { recursive: true, force: true });
  });
  const variables = (over: Readonly<Record<string, string>> = {}) => ({
    PATH: process.env["PATH"],
    APP_ID: "4711",
    PRIVATE_KEY: keys.privateKey,
    WEBHOOK_SECRET: "a secret",
    GHE_HOST: github.url,
    DATA_DIR: join(dir, "data"),
    ...over,
  });

  it("finds nothing wrong where all is well, and shows no secret", async () => {
    await github.createRepository({ owner: "acme", name: "shop", files: { "README.md": "Shop\n" } });
    await github.settled();
    const checks = await diagnose(variables());
    const results = [...checks.values()].map(({ topic, result }) => [topic, result]);
    expect(results).toEqual([
      ["environment", "ok"],
      ["git", "ok"],
      ["store", "ok"],
      ["model", "note"],
      ["App", "ok"],
      ["permissions", "ok"],
      ["events", "ok"],
      ["webhook", "ok"],
      ["deliveries", "ok"],
      ["handle", "note"],
    ]);
    expect(JSON.stringify([...checks.values()])).not.toMatch(/a secret|BEGIN/);
  });

  it("tells an App whose key is another's", async () => {
    const checks = await diagnose(variables({ PRIVATE_KEY: newKey().privateKey }));
    expect(checks.get("App")).toMatchObject({
      result: "failed",
      mend: expect.stringContaining("do not belong together"),
    });
  });

  it("tells a webhook that leads elsewhere", async () => {
    answers.unsigned = 404;
    expect((await diagnose(variables())).get("webhook")).toMatchObject({
      result: "failed",
      said: expect.stringContaining("answers 404"),
    });
  });

  it("tells an App without a webhook from one whose server is down", async () => {
    github.setWebhookUrl(null);
    expect((await diagnose(variables())).get("webhook")).toMatchObject({ result: "failed" });
    github.setWebhookUrl(`http://127.0.0.1:9${webhookPath}`);
    expect((await diagnose(variables())).get("webhook")).toMatchObject({ result: "note" });
  });

  it("tells a proxy that GitHub does not send to", async () => {
    const checks = await diagnose(variables({ WEBHOOK_PROXY_URL: "https://smee.io/abc" }));
    expect(checks.get("webhook")).toMatchObject({ result: "failed", said: expect.stringContaining("smee.io/abc") });
  });

  it("names the wrong secret as the cause of refused deliveries", async () => {
    answers.signed = 401;
    await github.createRepository({
      owner: "acme",
      name: "shop",
      files: { "README.md": "Shop\n" },
    });
    await github.settled();
    const deliveries = (await diagnose(variables())).get("deliveries");
    expect(deliveries).toMatchObject({ result: "failed", mend: expect.stringContaining("WEBHOOK_SECRET") });
  });

  it("leaves a store alone that a server holds, and says whose it is", async () => {
    const lock = lockFolder(join(dir, "data/store"));
    const store = (await diagnose(variables())).get("store");
    lock.release();
    expect(store).toMatchObject({ result: "ok", said: expect.stringContaining(`in use by process ${process.pid}`) });
  });

  it("tells a database that does not answer", async () => {
    const checks = await diagnose(variables({ DATABASE_URL: "postgres://nobody@127.0.0.1:9/none" }));
    expect(checks.get("store")).toMatchObject({ result: "failed", mend: "check DATABASE_URL" });
  });
});

const mendOf = (check: Check | undefined): string => (check === undefined || check.result === "ok" ? "" : check.mend);

const ask = async (url: string): Promise<Check | undefined> =>
  (await diagnose({ PATH: process.env["PATH"], OPENAI_BASE_URL: url, OPENAI_API_KEY: "a key" })).get("model");

describe("the doctor's question to the model", () => {
  const table = [
    ["answers", [], "ok", ""],
    ["refuses the key", 401, "failed", "OPENAI_API_KEY"],
    ["does not know the model", 404, "failed", "MODEL"],
  ] as const;
  it.each(table)("is tried once where the server %s", async (...row) => {
    const [, answer, result, mend] = row;
    const server = await startResponsesServer(() => answer);
    const check = await ask(server.url);
    await server.close();
    expect(check?.result).toBe(result);
    expect(mendOf(check)).toContain(mend);
    expect(server.requests).toHaveLength(1);
  });
});

const delivery = (statusCode: number) => ({ event: "push", status: "said", statusCode, deliveredAt: "2026-11-01" });

describe("what the doctor makes of facts", () => {
  const full = {
    metadata: "read",
    contents: "write",
    pull_requests: "write",
    issues: "write",
    checks: "write",
    merge_queues: "read",
  };
  const permissions = [
    { name: "everything", held: full, result: "ok", said: "app.yml" },
    { name: "more than needed", held: { ...full, checks: "admin" }, result: "ok", said: "app.yml" },
    { name: "read-only contents", held: { ...full, contents: "read" }, result: "note", said: "contents are read-only" },
    { name: "no contents at all", held: { ...full, contents: "none" }, result: "failed", said: "contents: write" },
    { name: "checks that are read", held: { ...full, checks: "read" }, result: "failed", said: "checks: write" },
  ];
  it.each(permissions)("permissions: $name", ({ held, result, said }) => {
    const check = checkPermissions(held);
    expect(check.result).toBe(result);
    expect(check.said).toContain(said);
  });

  it("names the events that an App does not get", () => {
    expect(checkEvents(["pull_request", "issue_comment"]).said).toContain("merge_group");
  });

  it.each([
    ["2.33.0", "ok"],
    ["3.0.1", "ok"],
    ["2.32.9", "failed"],
    ["1.99", "failed"],
  ])("git %s is %s", (version, result) => {
    expect(judgeVersion(version).result).toBe(result);
  });

  it.each([
    ["all taken", [200, 202], "ok"],
    ["an old failure", [200, 502], "note"],
    ["a fresh failure", [0, 200], "failed"],
    ["none", [], "note"],
  ] as const)("deliveries: %s", (_name, statuses, result) => {
    expect(judgeDeliveries(statuses.map(delivery)).result).toBe(result);
  });
});

describe("codex-review doctor", () => {
  it("exits with 1 and says what to set where the environment is not valid", async () => {
    const { exitCode, stdout } = await runCli({
      args: ["doctor"],
      cwd: tmpdir(),
      env: { APP_ID: "12", PORT: "99999" },
    });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^failed environment: .*PORT/);
    expect(stdout).toContain("→ correct it");
  });
});
