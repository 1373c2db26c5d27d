import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

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
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    const path = new URL(request.url ?? "/", "http://server").pathname;
    const handle = routes[path] ?? notFound;
    handle(request, response).catch((error: unknown) => {
      onFailure(error);
      if (!response.headersSent) response.writeHead(500, { "content-type": "application/json" });
      response.end(JSON.stringify({ message: "this request failed" }));
    });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(address.port, address.host, () => resolve(runningServer(server, address.host)));
  });
};

const notFound: RequestHandler = async (_request, response) => {
  response.writeHead(404, { "content-type": "application/json" });
  response.end(JSON.stringify({ message: `nothing here; webhooks go to ${webhookPath}` }));
};

const runningServer = (server: Server, host: string): RunningServer => {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeIdleConnections();
      }),
  };
};

/** `/healthz` says that the process answers, `/readyz` that its store does as well. */
export const healthRoutes = (storeAnswers: () => Promise<boolean>): Readonly<Record<string, RequestHandler>> => ({
  "/healthz": async (_request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ status: "ok" }));
  },
  "/readyz": async (_request, response) => {
    const ready = await storeAnswers();
    response.writeHead(ready ? 200 : 503, { "content-type": "application/json" });
    response.end(JSON.stringify({ status: ready ? "ready" : "the store does not answer" }));
  },
});
