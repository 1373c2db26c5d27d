import type { IncomingMessage } from "node:http";

export type Body = { readonly bytes: Buffer } | { readonly refused: "too_large" | "too_slow" };

/**
 * Reads a request's body up to `maxBytes`, whatever its headers say, within `withinMs`. Rejects when the sender goes
 * away in the middle.
 */
export const readBody = (
  request: IncomingMessage,
  limits: { readonly maxBytes: number; readonly withinMs: number },
): Promise<Body> =>
  new Promise((resolve, reject) => {
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
    request.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
