import { createHmac } from "node:crypto";
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import { afterEach, expect, it } from "vitest";
import { createFakeQueue } from "../fakes/fake-queue.ts";
import { createFakeStore, type FakeStore } from "../fakes/fake-store.ts";
import { OperationalError } from "../../src/review/errors.ts";
import { systemClock } from "../../src/system-clock.ts";
import { createIntake } from "../../src/webhook/intake.ts";
import { startProxy } from "../../src/webhook/proxy.ts";
import { startServer, webhookPath } from "../../src/webhook/server.ts";
import { ownAppId, pullRequestPayload } from "./payload.ts";

const secret = "it is a secret";
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const listen = async (handle: RequestListener): Promise<string> => {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
};

/** A channel as smee.io keeps one: it parses the body and hands it on beside the headers. */
const startChannel = async () => {
  const readers = new Set<ServerResponse>();
  const url = await listen((_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("event: ready\ndata: {}\n\n");
    readers.add(response);
  });
  const deliver = (guid: string, text: string): void => {
    const signature = `sha256=${createHmac("sha256", secret).update(text).digest("hex")}`;
    const headers = { "x-github-event": "pull_request", "x-github-delivery": guid, "x-hub-signature-256": signature };
    const data = JSON.stringify({ ...headers, body: JSON.parse(text), query: {} });
    for (const reader of readers) reader.write(`data: ${data}\n\n`);
  };
  return { url, deliver };
};

/** A server with intake; `answers` resolves with the statuses of its first answers. */
const startTarget = async (store: FakeStore) => {
  const statuses: number[] = [];
  const intake = createIntake({
    secret,
    appId: ownAppId,
    deliveries: store.deliveries,
    queue: createFakeQueue(),
    clock: systemClock,
    onFailure: (error) => {
      throw error;
    },
  });
  const answered: (() => void)[] = [];
  const handle: typeof intake = async (request, response) => {
    await intake(request, response);
    statuses.push(response.statusCode);
    for (const check of answered) check();
  };
  const server = await startServer(
    { routes: { [webhookPath]: handle }, onFailure: () => undefined },
    { host: "127.0.0.1", port: 0 },
  );
  closing.push(server.close);
  const answers = (count: number): Promise<readonly number[]> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (statuses.length >= count) resolve(statuses);
      };
      answered.push(check);
      check();
    });
  return { url: `${server.url}${webhookPath}`, answers };
};

const opened = pullRequestPayload("opened");

it("hands deliveries on so that their signature holds", async () => {
  const store = createFakeStore();
  const channel = await startChannel();
  const target = await startTarget(store);
  const proxy = await startProxy({ source: channel.url, target: target.url, onFailure: () => undefined });
  closing.push(proxy.close);
  const text = JSON.stringify({ ...opened, title: 'Grüße – 😀 "quoted" </script>', big: 9_007_199_254_740_991 });
  channel.deliver("guid-1", text);
  expect(await target.answers(1)).toEqual([202]);
  expect(store.state.deliveries.get("guid-1")?.delivery?.payload).toBe(text);
});

it("lets intake refuse a body that was not written as GitHub writes it", async () => {
  const store = createFakeStore();
  const channel = await startChannel();
  const target = await startTarget(store);
  const proxy = await startProxy({ source: channel.url, target: target.url, onFailure: () => undefined });
  closing.push(proxy.close);
  channel.deliver("guid-1", JSON.stringify(opened, null, 2));
  expect(await target.answers(1)).toEqual([401]);
  expect(store.state.deliveries.size).toBe(0);
});

it("reports a server that does not answer, and goes on", async () => {
  const channel = await startChannel();
  const failed = Promise.withResolvers<unknown>();
  const proxy = await startProxy({ source: channel.url, target: "http://127.0.0.1:1/", onFailure: failed.resolve });
  closing.push(proxy.close);
  channel.deliver("guid-1", JSON.stringify(opened));
  expect(await failed.promise).toBeInstanceOf(Error);
});

it("stops at once where the channel is none, and says what to check", async () => {
  const source = await listen((_request, response) => response.writeHead(404).end());
  const started = startProxy({ source, target: "http://127.0.0.1:1/", onFailure: () => undefined });
  await expect(started).rejects.toThrow(OperationalError);
  await expect(started).rejects.toThrow("WEBHOOK_PROXY_URL");
});
