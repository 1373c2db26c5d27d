import { z } from "zod";

export interface LiveAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

const graphqlBody = z.object({
  data: z.unknown(),
  errors: z
    .array(z.object({ type: z.string().optional(), message: z.string(), path: z.array(z.unknown()).optional() }))
    .default([]),
});
type GraphqlAnswer = z.infer<typeof graphqlBody>;

/** Plain requests, so that a fact is seen as GitHub tells it and not as the adapter under test reads it. */
export interface LiveClient {
  /** `path` starts with a slash; any status is an answer. */
  readonly rest: (method: string, path: string, body?: unknown) => Promise<LiveAnswer>;
  readonly graphql: (query: string, variables: Readonly<Record<string, unknown>>) => Promise<GraphqlAnswer>;
}

export const createLiveClient = (apiUrl: string, authorization: string): LiveClient => {
  const send = async (method: string, url: string, body: unknown): Promise<LiveAnswer> => {
    const response = await fetch(url, {
      method,
      headers: { authorization, accept: "application/vnd.github+json", "user-agent": "codex-review-live" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
  };
  const graphqlUrl = `${apiUrl.replace(/\/api\/v3$/, "/api")}/graphql`;
  return {
    rest: (method, path, body) => send(method, `${apiUrl}${path}`, body),
    graphql: async (query, variables) => graphqlBody.parse((await send("POST", graphqlUrl, { query, variables })).body),
  };
};

/** The body of an answer that must not be a refusal. */
export const expectOk = ({ status, body }: LiveAnswer): unknown => {
  if (status >= 400) throw new Error(`GitHub answered ${status}: ${JSON.stringify(body)}`);
  return body;
};
