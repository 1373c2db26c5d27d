import { RequestError } from "@octokit/request-error";
import { z } from "zod";
import { CodeHostError } from "../review/errors.ts";

/** Codes of undici and the operating system for connections that were never made, so that nothing was sent. */
const neverConnected = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** A minute is what GitHub asks for where a secondary limit names no time: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const secondaryLimitMs = 60_000;

/** Translates what octokit throws. Null for anything else: a bug, which is not ours to catch. No token is kept. */
export const toCodeHostError = (error: unknown, now: Date): CodeHostError | null => {
  if (error instanceof CodeHostError) return error;
  if (error instanceof z.ZodError) return unexpectedAnswer(error);
  if (!(error instanceof RequestError)) return null;
  return error.response === undefined ? noAnswer(error) : refusal(error, now);
};

const unexpectedAnswer = (error: z.ZodError): CodeHostError =>
  new CodeHostError(`GitHub's answer does not have the expected form: ${z.prettifyError(error)}`, {
    outcome: "unknown",
    retryable: false,
  });

const noAnswer = (error: RequestError): CodeHostError => {
  const code = codeOf(error);
  return new CodeHostError(`${describe(error)}: no answer (${code ?? error.message})`, {
    cause: error.cause,
    outcome: code !== null && neverConnected.has(code) ? "not_sent" : "unknown",
    retryable: true,
  });
};

const codeOf = (error: Error): string | null => {
  for (let at: unknown = error.cause; at instanceof Error; at = at.cause) {
    if (at.name === "TimeoutError") return "time-out";
    if ("code" in at && typeof at.code === "string") return at.code;
  }
  return null;
};

const refusal = (error: RequestError, now: Date): CodeHostError => {
  const { status } = error;
  const retryAfterMs = limitMs(error, now);
  return new CodeHostError(`${describe(error)}: ${status} ${error.message}`, {
    status,
    outcome: status >= 500 ? "unknown" : "refused",
    retryable: status >= 500 || retryAfterMs !== null,
    retryAfterMs,
  });
};

const describe = ({ request }: RequestError): string => `GitHub ${request.method} ${new URL(request.url).pathname}`;

/** How long a rate limit or an overloaded server asks to wait, in milliseconds; null where none does. */
const limitMs = (error: RequestError, now: Date): number | null => {
  const headers = error.response?.headers ?? {};
  const asked = retryAfterMs(headers, now);
  if (error.status >= 500) return asked;
  if (error.status !== 403 && error.status !== 429) return null;
  // A secondary limit is told from a missing permission (403 as well) by its text alone where no header names a time.
  const secondary = error.status === 429 || /secondary rate limit|abuse detection/i.test(error.message);
  return asked ?? (secondary ? secondaryLimitMs : null);
};

/** What `retry-after` or a spent hourly limit asks for, in milliseconds; null where neither is there. */
export const retryAfterMs = (
  headers: Readonly<Record<string, string | number | undefined>>,
  now: Date,
): number | null => {
  const seconds = Number(headers["retry-after"] ?? Number.NaN);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const reset = Number(headers["x-ratelimit-reset"] ?? Number.NaN);
  const spent = String(headers["x-ratelimit-remaining"]) === "0" && Number.isFinite(reset);
  return spent ? Math.max(0, reset * 1000 - now.getTime()) : null;
};
