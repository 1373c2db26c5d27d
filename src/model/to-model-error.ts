import { APIConnectionError, APIConnectionTimeoutError, APIError } from "openai";
import { z } from "zod";
import { ModelError, type ModelFailure } from "../review/errors.ts";

/**
 * What a failed call means. Messages are written here from status, code and the server's own sentence with keys masked;
 * the library's error is not kept as a cause, because it holds the whole body, and servers echo keys in it.
 */
export const toModelError = (error: unknown, now: Date): ModelError | null => {
  if (error instanceof ModelError) return error;
  if (error instanceof APIConnectionTimeoutError)
    return new ModelError("unavailable", "the model did not answer in time");
  if (error instanceof APIConnectionError)
    return new ModelError("unavailable", `no connection to the model: ${rootMessage(error)}`);
  if (error instanceof APIError) return fromStatus(error, now);
  if (error instanceof z.ZodError || error instanceof SyntaxError)
    return new ModelError("unavailable", `the model's answer is not readable: ${maskKeys(firstLine(error.message))}`);
  return null;
};

const fromStatus = (error: APIError, now: Date): ModelError => {
  const kind = kindOf(error);
  const words = [`the model server answered ${error.status ?? "an error"}`, error.code ?? error.type];
  const message = `${words.filter((word) => typeof word === "string" && word !== "").join(" ")}: ${maskKeys(saidBy(error))}`;
  return new ModelError(kind, message, { retryAfterMs: kind === "unavailable" ? retryAfterMs(error, now) : null });
};

const kindOf = ({ status, code, type }: APIError): ModelFailure => {
  if (status === 401 || status === 403) return "auth";
  if (code === "insufficient_quota" || type === "insufficient_quota" || status === 402) return "quota";
  if (status === undefined || status >= 500 || [408, 409, 425, 429].includes(status)) return "unavailable";
  return "request";
};

/** The library prefixes the status, which stands in our sentence already. */
const saidBy = ({ message, status }: APIError): string => firstLine(message).replace(`${status} `, "").slice(0, 300);

const firstLine = (text: string): string => text.split("\n", 1).join("");

const maskKeys = (text: string): string => text.replace(/\b(sk|key|Bearer)[-_ ][^\s"',]{4,}/giu, "$1-…");

const rootMessage = (error: Error): string =>
  maskKeys(error.cause instanceof Error ? rootMessage(error.cause) : firstLine(error.message));

/** `retry-after-ms`, or `retry-after` in seconds or as a date. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
const retryAfterMs = ({ headers }: APIError, now: Date): number | null => {
  const exact = Number(headers?.get("retry-after-ms") ?? Number.NaN);
  if (Number.isFinite(exact)) return exact;
  const given = headers?.get("retry-after");
  if (given === null || given === undefined) return null;
  const ms = Number.isFinite(Number(given)) ? Number(given) * 1000 : Date.parse(given) - now.getTime();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
};
