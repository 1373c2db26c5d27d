import type { ModelRequest } from "../review/model-ports.ts";

/** Remembers each conversation's last request; answers with the one before. */
export const createPreviousRequests = (): ((request: ModelRequest) => ModelRequest | null) => {
  const last = new Map<string, ModelRequest>();
  return (request) => {
    const key = JSON.stringify([request.at.stage, request.at.conversation]);
    const previous = last.get(key) ?? null;
    last.set(key, request);
    return previous;
  };
};
