import type { IncomingMessage } from "node:http";

export type Body = { readonly bytes: Buffer } | { readonly refused: "too_large" | "too_slow" | "cut_off" };

/**
 * Reads a request's body up to `maxBytes` within `withinMs`. An announced length that is too large is believed at once;
 * what is really sent is counted, whatever was announced.
 */
export const readBody = (
  request: IncomingMessage,
  limits: { readonly maxBytes: number; readonly withinMs: number },
): Promise<Body> => {
  if (Number(request.headers["content-length"] ?? 0) > limits.maxBytes)
    return Promise.resolve({ refused: "too_large" });
  const { promise, resolve } = Promise.withResolvers<Body>();
  const chunks: Buffer[] = [];
  let size = 0;
  const finish = (body: Body): void => {
    clearTimeout(timer);
    request.off("data", take);
    if ("refused" in body) request.pause();
    resolve(body);
  };
  const timer = setTimeout(() => finish({ refused: "too_slow" }), limits.withinMs);
  const take = (chunk: Buffer): void => {
    size += chunk.length;
    if (size > limits.maxBytes) return finish({ refused: "too_large" });
    chunks.push(chunk);
  };
  request.on("data", take);
  request.once("end", () => finish({ bytes: Buffer.concat(chunks) }));
  // The sender went away in the middle; there is nobody left to answer, and nothing failed on this side.
  request.once("error", () => finish({ refused: "cut_off" }));
  return promise;
};
