import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface ServerRoutes {
  /** By path, the query left out. */
  readonly routes: Readonly<Record<string, RequestHandler>>;
  readonly onFailure: (error: unknown) => void;
}

export interface RunningServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

export const webhookPath = "/api/github/webhooks";

/** Serves the routes; everything else is 404. Resolves once it listens, rejects where the port is taken. */
export const startServer = (
  { routes, onFailure }: ServerRoutes,
  address: { readonly host: string; readonly port: number },
): Promise<RunningServer> => {
  const byPath = new Map(Object.entries(routes));
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    const handle = byPath.get(pathOf(request)) ?? notFound;
    handle(request, response).catch((error: unknown) => {
      onFailure(error);
      if (response.headersSent) response.destroy();
      else answerJson(response, 500, { message: "this request failed" });
    });
  });
  const { promise, resolve, reject } = Promise.withResolvers<RunningServer>();
  server.once("error", reject);
  server.listen(address.port, address.host, () => resolve(runningServer(server, address.host)));
  return promise;
};

/** A request line may hold anything, and `new URL("//")` throws. */
const pathOf = (request: IncomingMessage): string => (request.url ?? "/").replace(/[?#].*$/s, "");

const answerJson = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
};

const notFound: RequestHandler = async (_request, response) =>
  answerJson(response, 404, { message: `nothing here; webhooks go to ${webhookPath}` });

const runningServer = (server: Server, host: string): RunningServer => {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeIdleConnections();
      }),
  };
};

const getOnly =
  (handle: RequestHandler): RequestHandler =>
  async (request, response) => {
    if (request.method === "GET" || request.method === "HEAD") return handle(request, response);
    response.setHeader("allow", "GET");
    answerJson(response, 405, { message: "this address is only read" });
  };

/** `/healthz` says that the process answers, `/readyz` that its store does as well. */
export const healthRoutes = (storeAnswers: () => Promise<boolean>): Readonly<Record<string, RequestHandler>> => ({
  "/healthz": getOnly(async (_request, response) => answerJson(response, 200, { status: "ok" })),
  "/readyz": getOnly(async (_request, response) => {
    const ready = await answersInTime(storeAnswers);
    answerJson(response, ready ? 200 : 503, { status: ready ? "ready" : "the store does not answer" });
  }),
});

const readyWithinMs = 2_000;

/** A store that fails or hangs is the answer here, not a failure of the question. */
const answersInTime = async (storeAnswers: () => Promise<boolean>): Promise<boolean> => {
  const asked = new AbortController();
  const late = sleep(readyWithinMs, false, { signal: asked.signal }).catch(() => false);
  const ready = await Promise.race([storeAnswers().catch(() => false), late]);
  asked.abort();
  return ready;
};
