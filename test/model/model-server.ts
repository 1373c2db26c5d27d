import { LLMock } from "@copilotkit/aimock";
import { createModel, type ModelOptions } from "../../src/model/openai.ts";
import type { Model } from "../../src/review/model-ports.ts";
import { createFakeClock, type FakeClock } from "../fakes/fake-clock.ts";
import type { FakeTurn } from "../fakes/fake-model.ts";

/** A server on this machine that speaks OpenAI's API and answers the turns of one conversation. */
export const startServer = async (turns: readonly FakeTurn[]): Promise<LLMock> => {
  const server = new LLMock({ host: "127.0.0.1", port: 0, logLevel: "silent" });
  turns.forEach((turn, index) => {
    const toolCalls = (turn.calls ?? []).map(({ name, arguments: given }) => ({
      name,
      arguments: typeof given === "string" ? given : JSON.stringify(given),
    }));
    const response = { content: turn.text ?? "", ...(toolCalls.length > 0 ? { toolCalls } : {}) };
    server.on({ turnIndex: index }, response);
  });
  await server.start();
  return server;
};

interface Sent {
  readonly url: string;
  readonly authorization: string | null;
  readonly body: unknown;
}

/** What a test says of a model; the rest is filled in. */
export const modelAt = (
  over: Partial<ModelOptions> = {},
): { readonly model: Model; readonly clock: FakeClock; readonly notes: string[] } => {
  const clock = createFakeClock();
  const notes: string[] = [];
  const model = createModel({
    api: "responses",
    apiKey: "sk-test-secret",
    baseUrl: "http://127.0.0.1:1/v1",
    timeoutMs: 5000,
    fallbackModel: null,
    prices: {},
    clock,
    random: () => 0,
    onRetry: (note) => notes.push(note),
    ...over,
  });
  return { model, clock, notes };
};

export type Canned = { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown };

/** A fetch that answers from a list, repeating its last, and keeps what was sent. An Error is thrown as it is. */
export const cannedFetch = (...answers: readonly (Canned | Error)[]) => {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const answer = answers[Math.min(sent.length, answers.length - 1)];
    const request = new Request(input, init);
    sent.push({ url: request.url, authorization: request.headers.get("authorization"), body: await request.json() });
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error("nothing to answer");
    const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
    const headers = { "content-type": "application/json", ...answer.headers };
    return new Response(text, { status: answer.status ?? 200, headers });
  };
  return { fetch, sent };
};

/** A fetch that never answers: only an abort ends it. */
export const silentFetch: typeof globalThis.fetch = (_input, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")), { once: true });
  });
