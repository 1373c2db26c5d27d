import { Agent, fetch } from "undici";

/**
 * A fetch that waits `timeoutMs` for headers and between parts of a body. Node's own gives up after five minutes, and
 * a reasoning model may think longer before its first byte. Bodies are text, as the openai library sends them.
 * https://github.com/openai/openai-node#timeouts
 */
export const createPatientFetch = (timeoutMs: number): typeof globalThis.fetch => {
  const dispatcher = new Agent({ headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
  return (input, init = {}) =>
    fetch(input instanceof Request ? input.url : input, {
      dispatcher,
      method: init.method ?? "GET",
      headers: [...new Headers(init.headers)],
      body: typeof init.body === "string" ? init.body : null,
      signal: init.signal ?? null,
    });
};
