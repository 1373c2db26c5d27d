import type { Octokit } from "@octokit/rest";
import type { z } from "zod";
import type { RepositoryRef } from "../core/pull-request.ts";
import { CodeHostError } from "../review/errors.ts";
import { graphqlUrlOf, readEnvelope, type GraphqlCall } from "./graphql-call.ts";
import { retryRead, type Patience } from "./retry-read.ts";
import { createOctokit, type OctokitOptions } from "./create-octokit.ts";
import { toCodeHostError } from "./to-code-host-error.ts";
import { createTokens, type GitHubAuth, type Step, type Tokens } from "./tokens.ts";

export interface ConnectionOptions extends OctokitOptions, Patience {
  readonly auth: GitHubAuth;
}

interface Answer {
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

interface Exchange<T> {
  readonly ref: RepositoryRef;
  readonly step: Step;
  readonly send: (request: Octokit["request"]) => Promise<Answer>;
  readonly parse: (answer: Answer) => T;
}

/** One REST request; `send` names the route, so that octokit's types check its parameters. */
interface RestCall<T> extends Omit<Exchange<T>, "parse"> {
  readonly answer: z.ZodType<T>;
}

/**
 * Requests with the token of their step. A token that GitHub refuses (401) is replaced once. Reads are repeated for
 * passing failures; a write is sent once, because only its caller can look up whether it took effect.
 */
export interface Connection {
  readonly tokens: Tokens;
  readonly now: () => Date;
  readonly read: <T>(call: RestCall<T>, signal: AbortSignal) => Promise<T>;
  readonly write: <T>(call: RestCall<T>, signal: AbortSignal) => Promise<T>;
  readonly query: <T>(call: GraphqlCall<T>, signal: AbortSignal) => Promise<T>;
  readonly mutate: <T>(call: GraphqlCall<T>, signal: AbortSignal) => Promise<T>;
}

export const createConnection = (options: ConnectionOptions): Connection => {
  const octokit = createOctokit(options);
  const now = options.clock.now;
  const tokens = createTokens(options.auth, octokit.request, options);
  const exchangeBy =
    (send: <T>(attempt: () => Promise<T>, signal: AbortSignal) => Promise<T>) =>
    async <T>(exchange: Exchange<T>, signal: AbortSignal): Promise<T> => {
      const sendWith = (token: string) => {
        const request = withToken(octokit, token, signal);
        return send(() => attemptOnce(exchange, { request, now, signal }), signal);
      };
      try {
        return await sendWith(await tokens.get(exchange.ref, exchange.step, signal));
      } catch (error) {
        if (!isUnauthorized(error)) throw error;
        const renewed = await tokens.renew(exchange.ref, exchange.step, signal);
        if (renewed === null) throw error;
        return sendWith(renewed);
      }
    };
  const write = exchangeBy((attempt) => attempt());
  const read = exchangeBy((attempt, signal) => retryRead(attempt, options, signal));
  const graphql = graphqlExchange(graphqlUrlOf(options.apiUrl), now);
  return {
    tokens,
    now,
    read: (call, signal) => read(restExchange(call), signal),
    write: (call, signal) => write(restExchange(call), signal),
    query: (call, signal) => read(graphql(call), signal),
    mutate: (call, signal) => write(graphql(call), signal),
  };
};

/** The token was refused; 401 without a token having been handed out (`not_sent`) is the App's own key. */
const isUnauthorized = (error: unknown): boolean =>
  error instanceof CodeHostError && error.status === 401 && error.outcome === "refused";

const restExchange = <T>({ answer, ...call }: RestCall<T>): Exchange<T> => ({
  ...call,
  parse: ({ data }) => answer.parse(data),
});

const graphqlExchange =
  (url: string, now: () => Date) =>
  <T>(call: GraphqlCall<T>): Exchange<T> => ({
    ref: call.ref,
    step: call.step,
    send: (request) => request({ method: "POST", url, query: call.query, variables: call.variables }),
    parse: ({ data, headers }) => readEnvelope(call, data, { headers, now: now() }),
  });

const withToken = (octokit: Octokit, token: string, signal: AbortSignal): Octokit["request"] =>
  octokit.request.defaults({ headers: { authorization: `token ${token}` }, request: { signal } });

const attemptOnce = async <T>(
  exchange: Exchange<T>,
  by: { readonly request: Octokit["request"]; readonly now: () => Date; readonly signal: AbortSignal },
): Promise<T> => {
  by.signal.throwIfAborted();
  try {
    return exchange.parse(wholeAnswer(await exchange.send(by.request)));
  } catch (error) {
    by.signal.throwIfAborted();
    throw toCodeHostError(error, by.now()) ?? error;
  }
};

/** octokit hands over as text what breaks off before the JSON is complete. */
const wholeAnswer = (answer: Answer): Answer => {
  if (typeof answer.data !== "string") return answer;
  throw new CodeHostError("GitHub's answer broke off", { outcome: "unknown", retryable: true });
};
