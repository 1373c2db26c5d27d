import { generateKeyPairSync } from "node:crypto";
import { expect, onTestFinished } from "vitest";
import { createCodeHost, type CodeHostOptions } from "../../src/github/create-code-host.ts";
import type { CodeHost } from "../../src/review/ports.ts";
import { createGitHubSchemaCheck } from "../contract/github-schema.ts";
import { isObject, type JsonObject } from "../contract/openapi-document.ts";
import { createFakeClock, type FakeClock } from "../fakes/fake-clock.ts";

export const apiUrl = "https://api.github.test";

export const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

/** What GitHub answers: a status with a body, or a connection that breaks with a code of the operating system. */
export type Reply =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly broken: string };

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: JsonObject;
  readonly authorization: string;
}

export interface Wire {
  readonly host: CodeHost;
  readonly clock: FakeClock;
  /** Everything that was sent, in order. */
  readonly sent: readonly Sent[];
}

const schema = createGitHubSchemaCheck();

/**
 * A code host whose requests are answered one after the other by `replies`. Every request is held against GitHub's own
 * description, and one more than there are replies fails the test.
 */
export const createWire = (replies: readonly Reply[], over: Partial<CodeHostOptions> = {}): Wire => {
  const clock = createFakeClock();
  const sent: Sent[] = [];
  const wrong: string[] = [];
  // Thrown inside `fetch` it would look like a broken connection.
  onTestFinished(() => expect(wrong).toEqual([]));
  const send: typeof fetch = async (input, init) => {
    await Promise.resolve();
    init?.signal?.throwIfAborted();
    const request = toSent(new URL(input instanceof Request ? input.url : input), init);
    const reply = replies[sent.length];
    sent.push(request);
    wrong.push(...violationsOf(request));
    if (reply === undefined) wrong.push(`nobody answers ${request.method} ${request.url}`);
    if (reply === undefined) return new Response(null, { status: 418 });
    if ("broken" in reply) throw new TypeError("fetch failed", { cause: systemError(reply.broken) });
    const headers = { "content-type": "application/json", ...reply.headers };
    return new Response(JSON.stringify(reply.body ?? {}), { status: reply.status, headers });
  };
  const auth = { kind: "token", token: "plain-token" } as const;
  const base = { apiUrl, gitUrl: "https://github.test", userAgent: "codex-review-test", clock, random: () => 0.5 };
  return { host: createCodeHost({ ...base, auth, fetch: send, ...over }), clock, sent };
};

const toSent = (url: URL, init: RequestInit | undefined): Sent => {
  const body: unknown = typeof init?.body === "string" ? JSON.parse(init.body) : {};
  return {
    method: init?.method ?? "GET",
    url: url.href,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    body: isObject(body) ? body : {},
    authorization: new Headers(init?.headers).get("authorization") ?? "",
  };
};

const violationsOf = ({ method, path, query, body }: Sent): readonly string[] => {
  const graphql = path.endsWith("/graphql") ? { query: String(body["query"]), variables: body["variables"] } : null;
  const requestBody = method === "GET" || method === "DELETE" ? undefined : body;
  const route = path.replace(/^\/api\/v3/, "");
  return schema.exchange({ method, path: route, query, requestBody, status: null, responseBody: undefined, graphql });
};

const systemError = (code: string): Error => Object.assign(new Error(`connect ${code}`), { code });

/** The signal of somebody who waits for ever. */
export const patient = new AbortController().signal;

/** A GraphQL answer. */
export const data = (body: unknown): Reply => ({ status: 200, body: { data: body } });

export const problem = (type: string | undefined, path: readonly string[], body: unknown = null): Reply => ({
  status: 200,
  body: { data: body, errors: [{ ...(type === undefined ? {} : { type }), path, message: `${type} happened` }] },
});

/** Fails the test unless `promise` rejects; answers with what it rejects with. */
export const rejection = async (promise: Promise<unknown>): Promise<unknown> => {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("value" in outcome) throw new Error(`resolved with ${JSON.stringify(outcome.value)}`);
  return outcome.error;
};
