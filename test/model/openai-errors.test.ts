import { describe, expect, it } from "vitest";
import { ModelError } from "../../src/review/errors.ts";
import type { ModelOptions } from "../../src/model/openai.ts";
import { someRequest } from "../fakes/some-request.ts";
import { cannedFetch, modelAt, silentFetch, type Canned } from "./model-server.ts";

const never = new AbortController().signal;
const apis = ["responses", "chat"] as const;

const fine: Readonly<Record<ModelOptions["api"], Canned>> = {
  responses: {
    body: { status: "completed", output: [{ type: "message", content: [{ type: "output_text", text: "Fine." }] }] },
  },
  chat: { body: { choices: [{ finish_reason: "stop", message: { content: "Fine." } }] } },
};
const failure = (status: number, over: object = {}, headers: Record<string, string> = {}): Canned => ({
  status,
  headers,
  body: { error: { message: "that did not work", ...over } },
});

const ask = async (answers: readonly (Canned | Error)[], over: Partial<ModelOptions> = {}) => {
  const { fetch, sent } = cannedFetch(...answers);
  const { model, clock, notes } = modelAt({ fetch, ...over });
  const outcome = await model.turn(someRequest(), never).then(
    (turn) => ({ text: turn.text, model: turn.model, error: null }),
    (error: unknown) => ({ text: null, model: null, error }),
  );
  return { ...outcome, calls: sent.length, slept: clock.slept, notes };
};

describe.each(apis)("errors over %s", (api) => {
  it.each([
    { status: 401, over: {}, kind: "auth" },
    { status: 403, over: {}, kind: "auth" },
    { status: 400, over: { code: "context_length_exceeded" }, kind: "request" },
    { status: 404, over: { code: "model_not_found" }, kind: "request" },
    { status: 429, over: { code: "insufficient_quota" }, kind: "quota" },
  ])("are final for $status $over.code: $kind", async ({ status, over, kind }) => {
    const { error, calls } = await ask([failure(status, over)], { api, fallbackModel: "model-2" });
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({ kind, retryable: false });
    expect(String(error)).toContain(`the model server answered ${status}`);
    expect(calls).toBe(1);
  });

  it.each([
    { what: "429", answer: failure(429) },
    { what: "500", answer: failure(500) },
    { what: "503", answer: failure(503) },
    { what: "a lost connection", answer: new TypeError("fetch failed") },
    { what: "a body that is not JSON", answer: { body: "{ not json" } },
    { what: "a page instead of JSON", answer: { body: "<html>", headers: { "content-type": "text/html" } } },
    { what: "JSON of another kind", answer: { body: { hello: "world" } } },
  ])("are tried again after $what", async ({ answer }) => {
    expect(await ask([answer, fine[api]], { api })).toMatchObject({ text: "Fine.", calls: 2, slept: [1000] });
  });

  it("give up after four tries, with what was said last", async () => {
    const { error, calls, slept, notes } = await ask([failure(503)], { api });
    expect(error).toMatchObject({ kind: "unavailable", retryable: true });
    expect(calls).toBe(4);
    expect(slept).toEqual([1000, 2000, 4000]);
    expect(notes).toHaveLength(3);
  });

  it("ask the fallback model when the wanted one stays unavailable", async () => {
    const down = failure(503);
    expect(await ask([down, down, down, down, fine[api]], { api, fallbackModel: "model-2" })).toMatchObject({
      text: "Fine.",
      model: "model-2",
      calls: 5,
    });
  });

  it.each([
    { headers: { "retry-after": "7" }, waits: [7000] },
    { headers: { "retry-after-ms": "1500" }, waits: [1500] },
    { headers: { "retry-after": "Sun, 01 Mar 2026 12:00:05 GMT" }, waits: [5000] },
  ])("wait as long as the server says: $headers", async ({ headers, waits }) => {
    expect((await ask([failure(429, {}, headers), fine[api]], { api })).slept).toEqual(waits);
  });

  it("do not wait where the server asks for longer than a run can, and hand the time on", async () => {
    const { error, calls } = await ask([failure(429, {}, { "retry-after": "600" })], { api });
    expect(error).toMatchObject({ kind: "unavailable", retryAfterMs: 600_000 });
    expect(calls).toBe(1);
  });

  it("add jitter to what they wait", async () => {
    expect((await ask([failure(503), fine[api]], { api, random: () => 1 })).slept).toEqual([1250]);
  });

  it("hold no key, whatever the server echoes", async () => {
    const echo = failure(401, { message: "Incorrect API key provided: sk-proj-abcdef123. Bearer sk-proj-abcdef123" });
    const { error } = await ask([echo], { api });
    expect(error instanceof Error ? `${error.message} ${String(error.stack)}` : "").not.toContain("abcdef123");
    expect(error).toMatchObject({ cause: undefined });
  });

  it("of time are tried again", async () => {
    const { model, clock } = modelAt({ api, fetch: silentFetch, timeoutMs: 10 });
    await expect(model.turn(someRequest(), never)).rejects.toMatchObject({
      kind: "unavailable",
      message: "the model did not answer in time",
    });
    expect(clock.slept).toHaveLength(3);
  });
});

describe("an answer that failed on the way", () => {
  it.each([
    { code: "server_error", kind: "unavailable" },
    { code: "invalid_prompt", kind: "request" },
  ])("is $kind for $code", async ({ code, kind }) => {
    const failed = { body: { status: "failed", error: { code, message: "m" }, output: [] } };
    expect((await ask([failed])).error).toMatchObject({ kind });
  });
});

describe("an answer that breaks off", () => {
  it("is asked for again", async () => {
    const broken = new ReadableStream({
      pull: (controller) => {
        controller.error(new TypeError("terminated"));
      },
    });
    const answers = [new Response(broken), Response.json(fine.responses.body)];
    const { model, clock } = modelAt({ fetch: async () => answers.shift() ?? Response.error() });
    expect((await model.turn(someRequest(), never)).text).toBe("Fine.");
    expect(clock.slept).toHaveLength(1);
  });
});

describe("an abort", () => {
  it("ends the wait for the next try", async () => {
    const controller = new AbortController();
    const { fetch } = cannedFetch(failure(503));
    const waiting = {
      now: () => new Date(0),
      sleep: async (_ms: number, signal: AbortSignal) => {
        controller.abort(new Error("superseded"));
        signal.throwIfAborted();
      },
    };
    const { model } = modelAt({ fetch, clock: waiting });
    await expect(model.turn(someRequest(), controller.signal)).rejects.toThrow("superseded");
  });
});
