import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { z } from "zod";

/** What of a request to the Responses API the script decides by. */
const requestSchema = z.object({
  model: z.string(),
  store: z.literal(false),
  instructions: z.string(),
  input: z.array(z.object({ type: z.string().optional(), content: z.string().optional() })),
  tools: z.array(z.object({ type: z.literal("function"), name: z.string() })),
});
export type ResponsesRequest = z.infer<typeof requestSchema>;

interface Call {
  readonly name: string;
  readonly arguments: object;
}

export interface ResponsesServer {
  readonly url: string;
  readonly requests: readonly ResponsesRequest[];
  readonly close: () => Promise<void>;
}

/** A server that speaks OpenAI's Responses API: the script's calls become function calls, a number an error. */
export const startResponsesServer = async (
  script: (request: ResponsesRequest) => readonly Call[] | number,
): Promise<ResponsesServer> => {
  const requests: ResponsesRequest[] = [];
  const answerTo = async (incoming: IncomingMessage): Promise<{ readonly status: number; readonly body: object }> => {
    if (`${incoming.method} ${incoming.url}` !== "POST /v1/responses") return refusal(404);
    const request = requestSchema.parse(JSON.parse(Buffer.concat(await incoming.toArray()).toString("utf8")));
    requests.push(request);
    const answer = script(request);
    return typeof answer === "number" ? refusal(answer) : { status: 200, body: responseOf(request, answer) };
  };
  const server = createServer((incoming, outgoing) => {
    answerTo(incoming).then(
      ({ status, body }) =>
        outgoing.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body)),
      (error: unknown) => outgoing.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = z.object({ port: z.int() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};

const refusal = (status: number) => ({ status, body: { error: { message: `refused with ${status}`, code: null } } });

const responseOf = (request: ResponsesRequest, calls: readonly Call[]) => ({
  id: "resp_1",
  object: "response",
  status: "completed",
  model: request.model,
  output: calls.map((call, index) => ({
    type: "function_call",
    id: `fc_${index}`,
    call_id: `call_${request.input.length}_${index}`,
    name: call.name,
    arguments: JSON.stringify(call.arguments),
    status: "completed",
  })),
  usage: { input_tokens: 100, output_tokens: 10, input_tokens_details: { cached_tokens: 0 } },
});

/** A reviewer behind that API: reports the finding, finishes in the next turn, and confirms what it is asked about. */
export const reviewing =
  (finding: Readonly<Record<string, unknown>>) =>
  (request: ResponsesRequest): readonly Call[] => {
    if (request.tools.some(({ name }) => name === "judge")) return [confirmation(finding)];
    const reported = request.input.some(({ type }) => type === "function_call_output");
    if (reported) return [{ name: "finish", arguments: { verdict: "One defect.", instructions_seen: [] } }];
    return [{ name: "report_finding", arguments: finding }];
  };

const confirmation = ({ path, quote }: Readonly<Record<string, unknown>>): Call => ({
  name: "judge",
  arguments: { verdict: "confirmed", reason: "the code says so", quotes: [{ path, quote, at: "head" }] },
});
