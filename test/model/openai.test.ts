import { describe, expect, it } from "vitest";
import type { ModelOptions } from "../../src/model/openai.ts";
import type { ModelRequest } from "../../src/review/model-ports.ts";
import { someRequest } from "../fakes/some-request.ts";
import { cannedFetch, modelAt, type Canned } from "./model-server.ts";

const never = new AbortController().signal;

const reasoning = { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "sealed" };
const message = (text: string) => ({ type: "message", role: "assistant", content: [{ type: "output_text", text }] });
const responseOf = (output: readonly object[], over: object = {}): Canned => ({
  body: {
    status: "completed",
    output,
    usage: { input_tokens: 1000, output_tokens: 100, input_tokens_details: { cached_tokens: 400 } },
    ...over,
  },
});
const chatOf = (choice: object, over: object = {}): Canned => ({
  body: {
    choices: [{ finish_reason: "stop", message: { role: "assistant", content: "Fine." }, ...choice }],
    usage: { prompt_tokens: 1000, completion_tokens: 100, prompt_tokens_details: { cached_tokens: 400 } },
    ...over,
  },
});
const fine: Readonly<Record<ModelOptions["api"], Canned>> = {
  responses: responseOf([message("Fine.")]),
  chat: chatOf({}),
};
const bothApis = [{ api: "responses" }, { api: "chat" }] as const;

interface Case {
  readonly answers: readonly (Canned | Error)[];
  readonly over?: Partial<ModelOptions>;
  readonly request?: Partial<ModelRequest>;
}

const ask = async ({ answers, over = {}, request = {} }: Case) => {
  const { fetch, sent } = cannedFetch(...answers);
  const { model, clock, notes } = modelAt({ fetch, ...over });
  const outcome = await model.turn(someRequest(request), never).then(
    (turn) => ({ turn, error: null }),
    (error: unknown) => ({ turn: null, error }),
  );
  return { ...outcome, sent, slept: clock.slept, notes };
};

const wireCall = (id: string) => ({ id, type: "function", function: { name: "read_file", arguments: "{}" } });

describe("what is sent", () => {
  it("over the Responses API stores nothing and asks for encrypted reasoning, strict tools and parallel calls", async () => {
    const { sent } = await ask({ answers: [fine.responses] });
    expect(sent[0]).toEqual({
      url: "http://127.0.0.1:1/v1/responses",
      authorization: "Bearer sk-test-secret",
      body: {
        model: "model-1",
        store: false,
        instructions: "Review.",
        input: [{ role: "user", content: "What is wrong?" }],
        tools: [{ type: "function", ...someRequest().tools[0], strict: true }],
        parallel_tool_calls: true,
        max_output_tokens: 1000,
        prompt_cache_key: "find-run-1",
        reasoning: { effort: "medium" },
        include: ["reasoning.encrypted_content"],
      },
    });
  });

  it("over Chat Completions puts a turn's text and calls into one message", async () => {
    const input = [
      { type: "user", text: "What is wrong?" },
      { type: "assistant", text: "Let me see." },
      { type: "opaque", payload: "sealed" },
      { type: "call", callId: "c1", name: "read_file", arguments: "{}" },
      { type: "call", callId: "c2", name: "read_file", arguments: "{}" },
      { type: "result", callId: "c1", output: "one" },
      { type: "result", callId: "c2", output: "two" },
    ] as const;
    const { sent } = await ask({ answers: [fine.chat], over: { api: "chat" }, request: { input } });
    expect(sent[0]).toMatchObject({
      url: "http://127.0.0.1:1/v1/chat/completions",
      body: {
        model: "model-1",
        messages: [
          { role: "system", content: "Review." },
          { role: "user", content: "What is wrong?" },
          { role: "assistant", content: "Let me see.", tool_calls: [wireCall("c1"), wireCall("c2")] },
          { role: "tool", tool_call_id: "c1", content: "one" },
          { role: "tool", tool_call_id: "c2", content: "two" },
        ],
        tools: [{ type: "function", function: { ...someRequest().tools[0], strict: true } }],
        parallel_tool_calls: true,
        max_completion_tokens: 1000,
        reasoning_effort: "medium",
      },
    });
  });

  it.each(bothApis)("asks for structured output where the request does ($api)", async ({ api }) => {
    const output = { name: "verdict", schema: { type: "object" } };
    const { sent } = await ask({ answers: [fine[api]], over: { api }, request: { output } });
    const format = { name: "verdict", schema: { type: "object" }, strict: true };
    expect(sent[0]?.body).toMatchObject(
      api === "responses"
        ? { text: { format: { type: "json_schema", ...format } } }
        : { response_format: { type: "json_schema", json_schema: format } },
    );
  });

  it.each(bothApis)("asks for no reasoning where no effort is set ($api)", async ({ api }) => {
    const { sent } = await ask({ answers: [fine[api]], over: { api }, request: { effort: null } });
    expect(JSON.stringify(sent[0]?.body)).not.toMatch(/reasoning/);
  });

  it("does without reasoning for good once the server refused it for a model", async () => {
    const refusal = { status: 400, body: { error: { message: "not supported", param: "reasoning.effort" } } };
    const { fetch, sent } = cannedFetch(refusal, fine.responses);
    const { model } = modelAt({ fetch });
    await model.turn(someRequest(), never);
    await model.turn(someRequest(), never);
    expect(sent.map(({ body }) => JSON.stringify(body).includes("reasoning"))).toEqual([true, false, false]);
  });
});

describe("what comes back", () => {
  it("keeps reasoning sealed and hands it back to the same model only", async () => {
    const { fetch, sent } = cannedFetch(responseOf([reasoning, message("Fine.")]), fine.responses);
    const { model } = modelAt({ fetch });
    const { items } = await model.turn(someRequest(), never);
    expect(items.map(({ type }) => type)).toEqual(["opaque", "assistant"]);
    await model.turn(someRequest({ input: items }), never);
    await model.turn(someRequest({ input: items, model: "model-2" }), never);
    expect(sent.slice(1).map(({ body }) => JSON.stringify(body).includes("sealed"))).toEqual([true, false]);
  });

  it.each(bothApis)("counts tokens, and money by the price of the model ($api)", async ({ api }) => {
    const prices = { "model-1": { input: 2, cachedInput: 0.5, output: 10 } };
    const { turn } = await ask({ answers: [fine[api]], over: { api, prices } });
    expect(turn?.usage).toEqual({ calls: 1, inputTokens: 1000, cachedTokens: 400, outputTokens: 100, usd: 0.0024 });
  });

  it.each(bothApis)("costs an unknown amount where the model has no price ($api)", async ({ api }) => {
    expect((await ask({ answers: [fine[api]], over: { api } })).turn?.usage.usd).toBeNull();
  });

  it.each(bothApis)("is counted by length where the server counts nothing ($api)", async ({ api }) => {
    const uncounted =
      api === "responses" ? responseOf([message("Fine.")], { usage: null }) : chatOf({}, { usage: null });
    const { turn } = await ask({ answers: [uncounted], over: { api } });
    expect(turn?.usage.inputTokens).toBeGreaterThan(50);
  });

  it.each([
    {
      what: "a refusal",
      api: "responses",
      answer: responseOf([{ type: "message", content: [{ type: "refusal", refusal: "No." }] }]),
      stop: "refused",
      text: "No.",
    },
    {
      what: "a filter",
      api: "responses",
      answer: responseOf([], { status: "incomplete", incomplete_details: { reason: "content_filter" } }),
      stop: "refused",
      text: "",
    },
    {
      what: "the output limit",
      api: "responses",
      answer: responseOf([message("Fi")], {
        status: "incomplete",
        incomplete_details: { reason: "max_output_tokens" },
      }),
      stop: "cut_off",
      text: "Fi",
    },
    {
      what: "a refusal",
      api: "chat",
      answer: chatOf({ message: { content: null, refusal: "No." } }),
      stop: "refused",
      text: "No.",
    },
    {
      what: "a filter",
      api: "chat",
      answer: chatOf({ finish_reason: "content_filter", message: { content: null } }),
      stop: "refused",
      text: "",
    },
    {
      what: "the output limit",
      api: "chat",
      answer: chatOf({ finish_reason: "length", message: { content: "Fi" } }),
      stop: "cut_off",
      text: "Fi",
    },
  ] as const)("is named $stop when $what ends it ($api)", async ({ api, answer, stop, text }) => {
    expect((await ask({ answers: [answer], over: { api } })).turn).toMatchObject({ stop, text });
  });
});
