import type OpenAI from "openai";
import type {
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionMessageParam,
} from "openai/resources/chat/completions";
import { z } from "zod";
import type { ModelItem, ModelRequest } from "../review/model-ports.ts";
import type { RawAnswer, WireCall } from "./raw-answer.ts";
import { readBody } from "./read-body.ts";

/** One turn over Chat Completions, for servers that speak nothing newer (Ollama, vLLM, llama.cpp, gateways). */
export const askChat = async (client: OpenAI, request: ModelRequest, call: WireCall): Promise<RawAnswer> => {
  const response = client.chat.completions.create(chatBody(request, call), { signal: call.signal }).asResponse();
  return readAnswer(answerSchema.parse(await readBody(await response)));
};

const chatBody = (request: ModelRequest, call: WireCall): ChatCompletionCreateParamsNonStreaming => ({
  model: call.model,
  messages: [{ role: "system", content: request.instructions }, ...toMessages(request.input)],
  max_completion_tokens: request.maxOutputTokens,
  // An empty list of tools is refused by some servers.
  ...(request.tools.length === 0 ? {} : { tools: request.tools.map(toTool), parallel_tool_calls: true }),
  ...(request.effort !== null && call.reasoning ? { reasoning_effort: request.effort } : {}),
  ...(request.output === null
    ? {}
    : {
        response_format: {
          type: "json_schema",
          json_schema: { name: request.output.name, schema: { ...request.output.schema }, strict: true },
        },
      }),
});

const toTool = ({ name, description, parameters }: ModelRequest["tools"][number]) => ({
  type: "function" as const,
  function: { name, description, parameters: { ...parameters }, strict: true },
});

/** Chat Completions wants a turn's text and its calls in one message. */
const toMessages = (items: readonly ModelItem[]): readonly ChatCompletionMessageParam[] => {
  const messages: ChatCompletionMessageParam[] = [];
  for (const item of items) {
    const last = messages.at(-1);
    if (item.type === "call" && last?.role === "assistant")
      messages[messages.length - 1] = { ...last, tool_calls: [...(last.tool_calls ?? []), toCall(item)] };
    else messages.push(...toMessage(item));
  }
  return messages;
};

const toMessage = (item: ModelItem): readonly ChatCompletionMessageParam[] => {
  if (item.type === "opaque") return [];
  if (item.type === "call") return [{ role: "assistant", content: null, tool_calls: [toCall(item)] }];
  if (item.type === "result") return [{ role: "tool", tool_call_id: item.callId, content: item.output }];
  return [{ role: item.type, content: item.text }];
};

const toCall = ({ callId, name, arguments: given }: Extract<ModelItem, { type: "call" }>) => ({
  id: callId,
  type: "function" as const,
  function: { name, arguments: given },
});

const answerSchema = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({
          content: z.string().nullish(),
          refusal: z.string().nullish(),
          tool_calls: z
            .array(z.object({ id: z.string(), function: z.object({ name: z.string(), arguments: z.string() }) }))
            .nullish(),
        }),
      }),
    )
    .min(1),
  usage: z
    .object({
      prompt_tokens: z.int(),
      completion_tokens: z.int(),
      prompt_tokens_details: z.object({ cached_tokens: z.int().nullish() }).nullish(),
    })
    .nullish(),
});
type Choice = z.infer<typeof answerSchema>["choices"][number];

const readAnswer = ({ choices: [choice], usage }: z.infer<typeof answerSchema>): RawAnswer => ({
  items: choice === undefined ? [] : itemsOf(choice),
  stop: choice === undefined ? "end" : stopOf(choice),
  counts:
    usage === null || usage === undefined
      ? null
      : {
          inputTokens: usage.prompt_tokens,
          cachedTokens: usage.prompt_tokens_details?.cached_tokens ?? 0,
          outputTokens: usage.completion_tokens,
        },
});

const itemsOf = ({ message }: Choice): readonly ModelItem[] => {
  const text = message.refusal ?? message.content ?? "";
  const said: readonly ModelItem[] = text === "" ? [] : [{ type: "assistant", text }];
  const calls = (message.tool_calls ?? []).map((call): ModelItem => {
    const { name, arguments: given } = call.function;
    return { type: "call", callId: call.id, name, arguments: given };
  });
  return [...said, ...calls];
};

const stopOf = ({ finish_reason, message }: Choice): RawAnswer["stop"] => {
  if ((message.refusal ?? "") !== "" || finish_reason === "content_filter") return "refused";
  return finish_reason === "length" ? "cut_off" : "end";
};
