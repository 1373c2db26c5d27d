import type OpenAI from "openai";
import type { ResponseCreateParamsNonStreaming, ResponseInputItem } from "openai/resources/responses/responses";
import { z } from "zod";
import { ModelError } from "../review/errors.ts";
import type { ModelItem, ModelRequest } from "../review/model-ports.ts";
import { openPayload, sealPayload } from "./opaque-item.ts";
import type { RawAnswer, WireCall } from "./raw-answer.ts";
import { readBody } from "./read-body.ts";

/** One turn over the Responses API. Nothing is stored at the provider; reasoning travels encrypted with the request. */
export const askResponses = async (client: OpenAI, request: ModelRequest, call: WireCall): Promise<RawAnswer> => {
  const response = client.responses.create(responsesBody(request, call), { signal: call.signal }).asResponse();
  return readAnswer(answerSchema.parse(await readBody(await response)), call.model);
};

const responsesBody = (request: ModelRequest, call: WireCall): ResponseCreateParamsNonStreaming => ({
  model: call.model,
  store: false,
  instructions: request.instructions,
  input: request.input.flatMap((item) => toWire(item, call)),
  tools: request.tools.map(({ name, description, parameters }) => ({
    type: "function",
    name,
    description,
    parameters: { ...parameters },
    strict: true,
  })),
  parallel_tool_calls: true,
  max_output_tokens: request.maxOutputTokens,
  prompt_cache_key: request.cacheKey,
  ...(request.effort !== null && call.reasoning
    ? { reasoning: { effort: request.effort }, include: ["reasoning.encrypted_content" as const] }
    : {}),
  ...(request.output === null
    ? {}
    : {
        text: {
          format: {
            type: "json_schema",
            name: request.output.name,
            schema: { ...request.output.schema },
            strict: true,
          },
        },
      }),
});

const reasoningSchema = z.object({
  type: z.literal("reasoning"),
  id: z.string(),
  summary: z.array(z.object({ type: z.literal("summary_text"), text: z.string() })).default([]),
  encrypted_content: z.string(),
});

const toWire = (item: ModelItem, call: WireCall): readonly ResponseInputItem[] => {
  if (item.type === "opaque") return openPayload(item.payload, call.model, reasoningSchema);
  if (item.type === "call")
    return [{ type: "function_call", call_id: item.callId, name: item.name, arguments: item.arguments }];
  if (item.type === "result") return [{ type: "function_call_output", call_id: item.callId, output: item.output }];
  return [{ role: item.type, content: item.text }];
};

const messageSchema = z.object({
  type: z.literal("message"),
  content: z.array(
    z.union([
      z.object({ type: z.literal("output_text"), text: z.string() }),
      z.object({ type: z.literal("refusal"), refusal: z.string() }),
    ]),
  ),
});

const callSchema = z.object({
  type: z.literal("function_call"),
  call_id: z.string(),
  name: z.string(),
  arguments: z.string(),
});

const answerSchema = z.object({
  status: z.enum(["completed", "incomplete", "failed", "cancelled", "queued", "in_progress"]).default("completed"),
  error: z.object({ code: z.string().nullish(), message: z.string() }).nullish(),
  incomplete_details: z.object({ reason: z.string().nullish() }).nullish(),
  // Kinds of items that this program does not use are passed over.
  output: z.array(z.union([messageSchema, callSchema, reasoningSchema, z.object({ type: z.string() })])),
  usage: z
    .object({
      input_tokens: z.int(),
      output_tokens: z.int(),
      input_tokens_details: z.object({ cached_tokens: z.int().nullish() }).nullish(),
    })
    .nullish(),
});
type Answer = z.infer<typeof answerSchema>;

const readAnswer = (answer: Answer, model: string): RawAnswer => {
  if (answer.status !== "completed" && answer.status !== "incomplete") throw failedAnswer(answer);
  return {
    items: answer.output.flatMap((item) => fromWire(item, model)),
    stop: stopOf(answer),
    counts: countsOf(answer),
  };
};

const failedAnswer = ({ status, error }: Answer): ModelError => {
  const kind = error?.code === "invalid_prompt" ? "request" : "unavailable";
  return new ModelError(kind, `the model's answer ${status}: ${error?.code ?? "no code"}`);
};

const fromWire = (item: Answer["output"][number], model: string): readonly ModelItem[] => {
  if ("content" in item) {
    const text = item.content.map((part) => ("text" in part ? part.text : part.refusal)).join("\n");
    return text === "" ? [] : [{ type: "assistant", text }];
  }
  if ("call_id" in item) return [{ type: "call", callId: item.call_id, name: item.name, arguments: item.arguments }];
  return "encrypted_content" in item ? [{ type: "opaque", payload: sealPayload(item, model) }] : [];
};

const stopOf = ({ output, status, incomplete_details }: Answer): RawAnswer["stop"] => {
  const refused = output.some((item) => "content" in item && item.content.some((part) => "refusal" in part));
  if (refused || incomplete_details?.reason === "content_filter") return "refused";
  return status === "incomplete" ? "cut_off" : "end";
};

const countsOf = ({ usage }: Answer): RawAnswer["counts"] =>
  usage === null || usage === undefined
    ? null
    : {
        inputTokens: usage.input_tokens,
        cachedTokens: usage.input_tokens_details?.cached_tokens ?? 0,
        outputTokens: usage.output_tokens,
      };
