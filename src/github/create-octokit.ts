import { Octokit } from "@octokit/rest";
import type { Clock } from "../review/ports.ts";

/** The part of a pino logger that is used here. */
interface Logger {
  readonly debug: (fields: Readonly<Record<string, unknown>>, message: string) => void;
  readonly warn: (fields: Readonly<Record<string, unknown>>, message: string) => void;
}

export interface OctokitOptions {
  /** `https://api.github.com`, or `https://ghe.example/api/v3`. */
  readonly apiUrl: string;
  readonly userAgent: string;
  readonly requestTimeoutMs: number;
  readonly clock: Clock;
  readonly logger?: Logger;
  readonly fetch?: typeof fetch;
}

/** An octokit without credentials, waits or repetitions: those are the connection's. */
export const createOctokit = (options: OctokitOptions): Octokit => {
  const warn = (message: string): void => options.logger?.warn({}, message);
  return new Octokit({
    baseUrl: options.apiUrl.replace(/\/+$/, ""),
    userAgent: options.userAgent,
    request: { fetch: limitedFetch(options) },
    // octokit's own debug line holds the authorization header.
    log: { debug: silent, info: silent, warn, error: silent },
  });
};

const silent = (): void => undefined;

/** Every request has an end of its own, and leaves one line in the log that holds no header and no body. */
const limitedFetch = (options: OctokitOptions): typeof fetch => {
  const send = options.fetch ?? globalThis.fetch;
  return async (input, init) => {
    const started = options.clock.now().getTime();
    const limits = [AbortSignal.timeout(options.requestTimeoutMs), ...(init?.signal ? [init.signal] : [])];
    const response = await send(input, { ...init, signal: AbortSignal.any(limits) });
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    const ms = options.clock.now().getTime() - started;
    const left = response.headers.get("x-ratelimit-remaining");
    options.logger?.debug(
      { method: init?.method, path: pathname, status: response.status, ms, left },
      "github request",
    );
    return response;
  };
};
