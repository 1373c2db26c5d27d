import { createHmac } from "node:crypto";
import { request } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Clock } from "../../src/review/ports.ts";
import type { DeliveryStore } from "../../src/review/store-ports.ts";
import { z } from "zod";
import { createIntake } from "../../src/webhook/intake.ts";
import { startServer, webhookPath, type RunningServer } from "../../src/webhook/server.ts";
import { createFakeQueue, type FakeQueue } from "../fakes/fake-queue.ts";
import { createFakeStore, type FakeStore } from "../fakes/fake-store.ts";
import { someRef } from "../fakes/pull-request.ts";
import * as payloads from "./payload.ts";

const secret = "It's a secret";

/** Time that stands still until a test moves it; sleepers wake in the order of their times. */
const createManualClock = () => {
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  let now = 0;
  const clock: Clock = {
    now: () => new Date(now),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        sleepers.push({ at: now + ms, wake: resolve });
        signal.addEventListener("abort", () => reject(new Error("woken early")), { once: true });
      }),
  };
  const advance = (ms: number): void => {
    now += ms;
    for (const { at, wake } of sleepers) if (at <= now) wake();
  };
  return { clock, advance, sleeping: () => sleepers.length };
};

interface Sent {
  readonly method?: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

let store: FakeStore;
let queue: FakeQueue;
let time: ReturnType<typeof createManualClock>;
let failures: unknown[];
let server: RunningServer;
let deliveries: DeliveryStore;

beforeEach(async () => {
  store = createFakeStore();
  queue = createFakeQueue();
  time = createManualClock();
  failures = [];
  deliveries = store.deliveries;
  const onFailure = (error: unknown): void => void failures.push(error);
  const lateBound: DeliveryStore = { ...store.deliveries, transaction: (work) => deliveries.transaction(work) };
  const intake = createIntake({
    secret,
    appId: payloads.ownAppId,
    deliveries: lateBound,
    queue,
    clock: time.clock,
    onFailure,
  });
  server = await startServer({ routes: { [webhookPath]: intake }, onFailure }, { host: "127.0.0.1", port: 0 });
});

afterEach(() => server.close());

const sign = (body: string | Buffer, key = secret): string =>
  `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;

const post = async (sent: Sent): Promise<{ readonly status: number; readonly message: string }> => {
  const response = await fetch(server.url + webhookPath, {
    method: sent.method ?? "POST",
    ...(sent.body === undefined ? {} : { body: sent.body }),
    headers: { "content-type": "application/json", connection: "close", ...sent.headers },
  });
  const { message } = z.object({ message: z.string() }).parse(await response.json());
  return { status: response.status, message };
};

interface SignedDelivery {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const delivery = (event: string, payload: unknown, guid = "guid-1"): SignedDelivery => {
  const body = JSON.stringify(payload);
  const headers = { "x-github-event": event, "x-github-delivery": guid, "x-hub-signature-256": sign(body) };
  return { body, headers };
};

const opened = delivery("pull_request", payloads.pullRequestPayload("opened"));

describe("a delivery", () => {
  it("is answered once its row, what it wants and its job are committed", async () => {
    expect(await post(opened)).toEqual({ status: 202, message: "accepted" });
    expect(store.state.deliveries.get("guid-1")?.delivery).toMatchObject({
      event: "pull_request",
      action: "opened",
      payload: opened.body,
    });
    expect(await store.wanted.unanswered(someRef)).toMatchObject([{ id: "guid-1", trigger: "opened" }]);
    expect(queue.sent).toEqual([{ kind: "pull_request", pullRequest: someRef }]);
  });

  it("with a comment that may be a command gets a job of its own, and wants nothing yet", async () => {
    const comment = payloads.commentPayloads.issue_comment({ body: "@codex review" });
    expect(await post(delivery("issue_comment", comment))).toMatchObject({ status: 202 });
    expect(await store.wanted.unanswered(someRef)).toEqual([]);
    expect(queue.sent).toEqual([{ kind: "delivery", guid: "guid-1" }]);
  });

  it("that comes twice is taken once", async () => {
    await post(opened);
    expect(await post(opened)).toMatchObject({ status: 202, message: expect.stringContaining("known") });
    expect(queue.sent).toHaveLength(1);
    expect(store.state.requests.size).toBe(1);
  });

  it("whose process dies before the commit is taken in full when it comes again", async () => {
    const crash = { ...queue, send: () => Promise.reject(new Error("killed")) };
    const intake = createIntake({
      secret,
      appId: payloads.ownAppId,
      deliveries: store.deliveries,
      queue: crash,
      clock: time.clock,
      onFailure: () => undefined,
    });
    const dying = await startServer(
      { routes: { [webhookPath]: intake }, onFailure: () => undefined },
      { host: "127.0.0.1", port: 0 },
    );
    const first = await fetch(dying.url + webhookPath, {
      method: "POST",
      body: opened.body,
      headers: { connection: "close", ...opened.headers },
    });
    await dying.close();
    expect(first.status).toBe(503);
    expect(store.state.deliveries.size).toBe(0);
    expect(await post(opened)).toMatchObject({ status: 202 });
    expect(queue.sent).toHaveLength(1);
  });

  it("is pinged back", async () => {
    expect(await post(delivery("ping", { zen: "Keep it logically awesome." }))).toEqual({
      status: 200,
      message: "pong",
    });
    expect(store.state.deliveries.size).toBe(0);
  });

  it("that asks for nothing is accepted and not stored", async () => {
    expect(await post(delivery("star", { action: "created" }))).toMatchObject({ status: 202 });
    expect(store.state.deliveries.size).toBe(0);
  });
});

describe("a store that takes 12 s and is killed meanwhile", () => {
  it("never lets GitHub see 2xx", async () => {
    const killed = Promise.withResolvers<never>();
    deliveries = {
      ...store.deliveries,
      transaction: async (work) => {
        await Promise.race([time.clock.sleep(12_000, new AbortController().signal), killed.promise]);
        return store.deliveries.transaction(work);
      },
    };
    const answer = post(opened);
    await expect.poll(() => time.sleeping()).toBe(2);
    time.advance(5_000);
    expect(await answer).toMatchObject({ status: 503 });
    killed.reject(new Error("the store was killed"));
    await expect.poll(() => failures).toHaveLength(1);
    expect(store.state.deliveries.size).toBe(0);

    deliveries = store.deliveries;
    expect(await post(opened)).toMatchObject({ status: 202, message: "accepted" });
    expect(queue.sent).toHaveLength(1);
  });

  it("costs nothing when the commit lands after the 503: the delivery is known when it comes again", async () => {
    const late = Promise.withResolvers<void>();
    deliveries = {
      ...store.deliveries,
      transaction: (work) =>
        store.deliveries.transaction(async (connection) => {
          const result = await work(connection);
          await late.promise;
          return result;
        }),
    };
    const answer = post(opened);
    await expect.poll(() => time.sleeping()).toBe(1);
    time.advance(5_000);
    expect(await answer).toMatchObject({ status: 503 });
    late.resolve();
    deliveries = store.deliveries;
    expect(await post(opened)).toMatchObject({ message: expect.stringContaining("known") });
    expect(queue.sent).toHaveLength(1);
  });
});

describe("a request that is refused", () => {
  const { body, headers } = opened;
  it.each<[string, Sent, number]>([
    ["a wrong signature", { body, headers: { ...headers, "x-hub-signature-256": sign(body, "other") } }, 401],
    ["a cut signature", { body, headers: { ...headers, "x-hub-signature-256": sign(body).slice(0, 40) } }, 401],
    ["a SHA-1 signature", { body, headers: { ...headers, "x-hub-signature-256": "sha1=abc" } }, 401],
    ["no signature", { body, headers: { "x-github-event": "pull_request", "x-github-delivery": "g" } }, 401],
    ["an empty body", { body: "", headers }, 401],
    ["other bytes than those that were signed", { body: `${body} `, headers }, 401],
    ["bytes that are no UTF-8", { body: Buffer.from([0xff, 0xfe]), headers }, 401],
    ["no JSON", { body: "{", headers: { ...headers, "x-hub-signature-256": sign("{") } }, 400],
    ["JSON that is no object", { body: "[]", headers: { ...headers, "x-hub-signature-256": sign("[]") } }, 400],
    ["a form", { body: "payload=%7B%7D", headers: { ...headers, "x-hub-signature-256": sign("payload=%7B%7D") } }, 400],
    ["no event", { body, headers: { "x-github-delivery": "g", "x-hub-signature-256": sign(body) } }, 400],
    ["a malformed GUID", { body, headers: { ...headers, "x-github-delivery": "a b" } }, 400],
    ["a payload against its schema", delivery("pull_request", { action: "opened" }), 400],
    ["another method", { method: "PUT", body, headers }, 405],
  ])("for %s leaves nothing behind", async (_what, sent, status) => {
    expect((await post(sent)).status).toBe(status);
    expect(store.state.deliveries.size).toBe(0);
    expect(queue.sent).toEqual([]);
    expect(failures).toEqual([]);
  });

  it("for a payload against its schema says what is wrong", async () => {
    const { message } = await post(delivery("pull_request", { action: "opened" }));
    expect(message).toBe(
      "`installation` of the pull_request event: Invalid input: expected object, received undefined",
    );
  });

  it("for a form says which content type to set", async () => {
    const form = "payload=%7B%7D";
    const sent = { body: form, headers: { ...headers, "x-hub-signature-256": sign(form) } };
    expect((await post(sent)).message).toContain("application/json");
  });

  it("is too large by the length that it announces", async () => {
    expect(await sendRaw({ "content-length": "26214401" }, [])).toBe(413);
  });

  it("is too large without a length", async () => {
    const chunk = Buffer.alloc(1024 * 1024);
    expect(
      await sendRaw(
        { "transfer-encoding": "chunked" },
        Array.from({ length: 26 }, () => chunk),
      ),
    ).toBe(413);
    expect(store.state.deliveries.size).toBe(0);
  });
});

/** Sends a body that does not end, and resolves with the status that comes all the same. */
const sendRaw = (headers: Readonly<Record<string, string>>, chunks: readonly Buffer[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const sending = request(server.url + webhookPath, { method: "POST", headers }, (response) => {
      resolve(response.statusCode ?? 0);
      sending.destroy();
    });
    sending.on("error", reject);
    sending.flushHeaders();
    for (const chunk of chunks) sending.write(chunk);
  });
