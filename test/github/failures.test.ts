import { once } from "node:events";
import { createServer, type Server } from "node:http";
import nock from "nock";
import { afterAll, afterEach, describe, expect, it, onTestFinished } from "vitest";
import { CodeHostError } from "../../src/review/errors.ts";
import { someRef } from "../fakes/pull-request.ts";
import { apiUrl, createWire, data, patient, problem, rejection, type Reply } from "./wire.ts";

const comment = { id: null, body: "x" };
const now = Date.parse("2026-03-01T12:00:00Z");
const resetIn = (seconds: number) => String(now / 1000 + seconds);
const headOf = (sha: string) =>
  data({ repository: { databaseId: someRef.repositoryId, pullRequest: { headRefOid: sha } } });

describe("a write that fails says what became of it", () => {
  it.each<{ readonly title: string; readonly reply: Reply; readonly error: Partial<CodeHostError> }>([
    {
      title: "a connection that was refused",
      reply: { broken: "ECONNREFUSED" },
      error: { outcome: "not_sent", retryable: true, status: null },
    },
    {
      title: "a host without an address",
      reply: { broken: "ENOTFOUND" },
      error: { outcome: "not_sent", retryable: true },
    },
    {
      title: "a connection that was reset",
      reply: { broken: "ECONNRESET" },
      error: { outcome: "unknown", retryable: true, status: null },
    },
    { title: "500", reply: { status: 500 }, error: { outcome: "unknown", retryable: true, status: 500 } },
    {
      title: "503 with a time",
      reply: { status: 503, headers: { "retry-after": "7" } },
      error: { outcome: "unknown", retryable: true, retryAfterMs: 7000 },
    },
    {
      title: "404",
      reply: { status: 404, body: { message: "Not Found" } },
      error: { outcome: "refused", retryable: false, status: 404, retryAfterMs: null },
    },
    {
      title: "403 for a missing permission",
      reply: { status: 403, body: { message: "Resource not accessible by integration" } },
      error: { outcome: "refused", retryable: false, retryAfterMs: null },
    },
    {
      title: "403 for a spent hour",
      reply: {
        status: 403,
        body: { message: "API rate limit exceeded" },
        headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": resetIn(90) },
      },
      error: { outcome: "refused", retryable: true, retryAfterMs: 90_000 },
    },
    {
      title: "403 for a secondary limit with a time",
      reply: {
        status: 403,
        body: { message: "You have exceeded a secondary rate limit" },
        headers: { "retry-after": "12" },
      },
      error: { outcome: "refused", retryable: true, retryAfterMs: 12_000 },
    },
    {
      title: "403 for a secondary limit without a time",
      reply: { status: 403, body: { message: "You have exceeded a secondary rate limit" } },
      error: { outcome: "refused", retryable: true, retryAfterMs: 60_000 },
    },
    { title: "429", reply: { status: 429 }, error: { outcome: "refused", retryable: true, retryAfterMs: 60_000 } },
    {
      title: "an answer of another form",
      reply: { status: 201, body: { ident: 1 } },
      error: { outcome: "unknown", retryable: false },
    },
  ])("$title, and it is sent once", async ({ reply, error }) => {
    const { host, sent } = createWire([reply]);
    expect(await rejection(host.writeComment(someRef, comment, patient))).toMatchObject(error);
    expect(sent).toHaveLength(1);
  });

  it.each<{ readonly title: string; readonly reply: Reply; readonly error: Partial<CodeHostError> }>([
    {
      title: "a server that failed inside a 200",
      reply: problem(undefined, ["r0"]),
      error: { outcome: "unknown", retryable: true },
    },
    {
      title: "a missing permission",
      reply: problem("FORBIDDEN", ["r0"]),
      error: { outcome: "refused", retryable: false },
    },
    {
      title: "a spent hour",
      reply: {
        ...problem("RATE_LIMITED", []),
        headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": resetIn(5) },
      },
      error: { outcome: "refused", retryable: true, retryAfterMs: 5000 },
    },
  ])("by GraphQL: $title", async ({ reply, error }) => {
    const { host, sent } = createWire([reply]);
    const eyes = { subjectId: "PR_1", content: "EYES", action: "add" } as const;
    expect(await rejection(host.react(someRef, [eyes], patient))).toMatchObject(error);
    expect(sent).toHaveLength(1);
  });
});

describe("a read that fails", () => {
  it("is repeated with growing waits, then given up", async () => {
    const { host, clock, sent } = createWire([
      { status: 502 },
      { broken: "ECONNRESET" },
      problem(undefined, []),
      { status: 500 },
    ]);
    expect(await rejection(host.readHead(someRef, patient))).toMatchObject({ status: 500, retryable: true });
    expect(sent).toHaveLength(4);
    expect(clock.slept).toEqual([500, 1000, 2000]);
  });

  it("succeeds when the failure has passed", async () => {
    const { host } = createWire([{ broken: "ECONNRESET" }, headOf("abc")]);
    expect(await host.readHead(someRef, patient)).toBe("abc");
  });

  it("waits as long as GitHub asks, and some jitter", async () => {
    const { host, clock } = createWire([{ status: 429, headers: { "retry-after": "3" } }, headOf("abc")]);
    expect(await host.readHead(someRef, patient)).toBe("abc");
    expect(clock.slept).toEqual([3500]);
  });

  it("does not hold the worker for a wait of minutes", async () => {
    const { host, clock } = createWire([{ status: 429, headers: { "retry-after": "600" } }]);
    expect(await rejection(host.readHead(someRef, patient))).toMatchObject({ retryAfterMs: 600_000 });
    expect(clock.slept).toEqual([]);
  });

  it("is not repeated when GitHub refuses", async () => {
    const { host, sent } = createWire([{ status: 403, body: { message: "Resource not accessible by integration" } }]);
    expect(await rejection(host.permissionOf(someRef, "mona", patient))).toMatchObject({ outcome: "refused" });
    expect(sent).toHaveLength(1);
  });

  it("lets the abort of its signal through as the reason", async () => {
    const stop = new AbortController();
    const reason = new Error("superseded");
    const { host } = createWire([headOf("abc")]);
    const reading = rejection(host.readHead(someRef, stop.signal));
    stop.abort(reason);
    expect(await reading).toBe(reason);
  });
});

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
};

describe("on a real connection", () => {
  const real = { fetch: globalThis.fetch, requestTimeoutMs: 100 };
  afterEach(() => nock.cleanAll());
  afterAll(() => nock.restore());

  it("a time-out of a write leaves its outcome unknown", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    await once(silent, "listening");
    onTestFinished(() => silent.closeAllConnections());
    onTestFinished(() => void silent.close());
    const { host } = createWire([], { ...real, apiUrl: `http://127.0.0.1:${portOf(silent)}` });
    const error = await rejection(host.writeComment(someRef, comment, patient));
    expect(error).toMatchObject({ name: "CodeHostError", outcome: "unknown", retryable: true });
    expect(String(error)).toContain("time-out");
  });

  it("a reset of a write leaves its outcome unknown", async () => {
    const reset = Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    nock(apiUrl).post("/repos/acme/shop/issues/7/comments").replyWithError(reset);
    const { host } = createWire([], real);
    const error = await rejection(host.writeComment(someRef, comment, patient));
    expect(error).toMatchObject({ name: "CodeHostError", outcome: "unknown", retryable: true });
  });

  it("an answer that breaks off leaves its outcome unknown", async () => {
    const json = { "content-type": "application/json" };
    nock(apiUrl).post("/repos/acme/shop/issues/7/comments").reply(201, '{"id": 1', json);
    const { host } = createWire([], real);
    const error = await rejection(host.writeComment(someRef, comment, patient));
    expect(error).toMatchObject({ name: "CodeHostError", outcome: "unknown", retryable: true });
  });

  it("follows a repository to its new name", async () => {
    const moved = { location: `${apiUrl}/repositories/101/collaborators/mona/permission` };
    const permissions = { admin: false, maintain: false, push: true, triage: true, pull: true };
    nock(apiUrl).get("/repos/acme/shop/collaborators/mona/permission").reply(301, { message: "Moved" }, moved);
    nock(apiUrl)
      .get("/repositories/101/collaborators/mona/permission")
      .reply(200, { permission: "write", user: { permissions } });
    const { host } = createWire([], real);
    expect(await host.permissionOf(someRef, "mona", patient)).toBe("write");
  });
});
