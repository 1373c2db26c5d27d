import { createServer } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

const payloadSchema = z.record(z.string(), z.unknown());

/** An App's webhook that keeps what it gets; `answer` decides the status, or never to answer. */
export async function receiveWebhooks(answer: (nth: number) => number | "never" = () => 202) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      received.push({ headers: request.headers, body, payload: payloadSchema.parse(JSON.parse(body)) });
      const status = answer(received.length);
      if (status !== "never") response.writeHead(status).end("seen");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const stop = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${address.port}/api/github/webhooks`, received, stop };
}
