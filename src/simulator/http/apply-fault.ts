import type { Fault, FaultKind } from "./faults.ts";
import { json } from "./reply.ts";
import type { Reply } from "./reply.ts";
import { waitOrStop } from "../wait-or-stop.ts";

/** What happens to the connection: an answer, or none. */
export type Outcome = Reply | "reset" | "hang";

const failed = (status: number): Reply => json(status, { message: "Server Error" });

const secondary = (status: number, fault: Fault): Reply =>
  json(
    status,
    {
      message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
      documentation_url:
        "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits",
    },
    { "retry-after": String(fault.retryAfterSeconds ?? 1) },
  );

const primary = (fault: Fault, now: Date): Reply =>
  json(
    403,
    { message: "API rate limit exceeded" },
    {
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(Math.ceil(now.getTime() / 1000) + (fault.retryAfterSeconds ?? 1)),
    },
  );

const brokenGraphql: Reply = json(200, {
  errors: [
    {
      message: "Something went wrong while executing your query. Please include `0000:0000` when reporting this issue.",
    },
  ],
});

/** The answer in place of the effect; null where the request goes through. */
const before = (fault: Fault, now: Date): Outcome | null => {
  const answers: Partial<Record<FaultKind, Outcome>> = {
    "500_before": failed(500),
    "502_before": failed(502),
    reset_before: "reset",
    hang_before: "hang",
    "401": json(401, { message: "Bad credentials" }),
    "429": secondary(429, fault),
    secondary_403: secondary(403, fault),
    primary_403: primary(fault, now),
    graphql_error: brokenGraphql,
  };
  return answers[fault.kind] ?? null;
};

/** What the caller sees after the request took effect. */
const after: Partial<Record<FaultKind, Outcome>> = {
  "500_after": failed(500),
  "502_after": failed(502),
  reset_after: "reset",
  hang_after: "hang",
};

/** Serves a request under a fault: `onHit` first, then what its kind says. */
export async function applyFault(
  fault: Fault | null,
  serve: () => Promise<Reply>,
  outside: { readonly now: Date; readonly stopped: AbortSignal },
): Promise<Outcome> {
  if (fault === null) return serve();
  await fault.onHit?.();
  if (fault.kind === "slow") await waitOrStop(fault.afterMs ?? 0, outside.stopped);
  const early = before(fault, outside.now);
  if (early !== null) return early;
  const answer = await serve();
  return after[fault.kind] ?? answer;
}
