import OpenAI, { APIError } from "openai";
import { ModelError } from "../review/errors.ts";
import type { Model, ModelItem, ModelRequest, ModelTurn } from "../review/model-ports.ts";
import { askChat } from "./chat-api.ts";
import { createPatientFetch } from "./patient-fetch.ts";
import { estimateTokens, priceCall, type ModelPrices } from "./prices.ts";
import type { RawAnswer } from "./raw-answer.ts";
import { askResponses } from "./responses-api.ts";
import { retryCall, type RetryDeps } from "./retry-call.ts";
import { toModelError } from "./to-model-error.ts";

export interface ModelOptions extends RetryDeps {
  readonly api: "responses" | "chat";
  readonly apiKey: string;
  /** Null for OpenAI's own. */
  readonly baseUrl: string | null;
  /** For one call, in milliseconds. */
  readonly timeoutMs: number;
  /** Asked once where the wanted model stays unavailable after all tries. */
  readonly fallbackModel: string | null;
  readonly prices: ModelPrices;
  readonly fetch?: typeof globalThis.fetch;
}

/** A model behind OpenAI's API or a server that speaks it. */
export const createModel = (options: ModelOptions): Model => {
  const ask = createAsk(options);
  const askPatiently = (request: ModelRequest, model: string, signal: AbortSignal): Promise<ModelTurn> =>
    retryCall(() => ask(request, model, signal), options, signal);
  return {
    turn: async (request, signal) => {
      try {
        return await askPatiently(request, request.model, signal);
      } catch (error) {
        const { fallbackModel } = options;
        if (fallbackModel === null || !(error instanceof ModelError) || error.kind !== "unavailable") throw error;
        options.onRetry(`${request.model} stays unavailable; asking ${fallbackModel}`);
        return askPatiently(request, fallbackModel, signal);
      }
    },
  };
};

type Ask = (request: ModelRequest, model: string, signal: AbortSignal) => Promise<ModelTurn>;

const createAsk = (options: ModelOptions): Ask => {
  const client = createClient(options);
  const wire = options.api === "chat" ? askChat : askResponses;
  const withoutReasoning = new Set<string>();
  const ask: Ask = async (request, model, signal) => {
    signal.throwIfAborted();
    try {
      const raw = await wire(client, request, { model, signal, reasoning: !withoutReasoning.has(model) });
      return toTurn(raw, { request, model, prices: options.prices });
    } catch (error) {
      signal.throwIfAborted();
      if (refusesReasoning(error) && !withoutReasoning.has(model)) {
        withoutReasoning.add(model);
        return ask(request, model, signal);
      }
      throw toModelError(error, options.clock.now()) ?? error;
    }
  };
  return ask;
};

/** The environment must not reach the client: every value that the library would read from it is given. */
const createClient = ({ apiKey, baseUrl, timeoutMs, fetch }: ModelOptions): OpenAI =>
  new OpenAI({
    apiKey,
    baseURL: baseUrl ?? "https://api.openai.com/v1",
    organization: null,
    project: null,
    timeout: timeoutMs,
    maxRetries: 0,
    logLevel: "off",
    fetch: fetch ?? createPatientFetch(timeoutMs),
  });

/** Models that do not reason refuse the parameters for it (400 with the parameter's name); they are asked without. */
const refusesReasoning = (error: unknown): boolean =>
  error instanceof APIError && error.status === 400 && /^(reasoning|include)/u.test(error.param ?? "");

interface Asked {
  readonly request: ModelRequest;
  readonly model: string;
  readonly prices: ModelPrices;
}

const toTurn = ({ items, stop, counts }: RawAnswer, { request, model, prices }: Asked): ModelTurn => ({
  items,
  text: items.flatMap((item) => (item.type === "assistant" ? [item.text] : [])).join("\n"),
  calls: items.flatMap(callOf),
  stop,
  // Some servers count nothing and say 0: then the token budget would never bind.
  usage: priceCall(
    counts !== null && counts.inputTokens > 0 ? counts : estimateTokens(JSON.stringify(request), JSON.stringify(items)),
    prices[model],
  ),
  model,
});

const callOf = (item: ModelItem): ModelTurn["calls"] =>
  item.type === "call" ? [{ callId: item.callId, name: item.name, arguments: item.arguments }] : [];
