import { GitHubError } from "../github-error.ts";
import type { Limits } from "../limits.ts";
import type { Caller } from "./caller.ts";

export type Resource = "core" | "graphql";

export interface Budget {
  readonly resource: Resource;
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** Seconds since the epoch. */
  readonly reset: number;
}

export interface RateLimiter {
  /** Counts one request and answers what is left; throws GitHub's 403 when nothing was. */
  readonly spend: (caller: Caller, resource: Resource) => void;
  readonly read: (caller: Caller, resource: Resource) => Budget;
}

const hourMs = 60 * 60 * 1000;

const keyOf = (caller: Caller): string => {
  if (caller.kind === "installation") return `installation ${caller.installation.id}`;
  return caller.kind === "user" ? `user ${caller.user.id}` : caller.kind;
};

/** Hourly budgets of an installation or a person, as GitHub's headers tell them. */
export function createRateLimiter(limits: Limits, now: () => Date): RateLimiter {
  const windows = new Map<string, { used: number; endsAt: number }>();
  const windowOf = (caller: Caller, resource: Resource): { used: number; endsAt: number } => {
    const key = `${keyOf(caller)} ${resource}`;
    const known = windows.get(key);
    if (known !== undefined && known.endsAt > now().getTime()) return known;
    const fresh = { used: 0, endsAt: now().getTime() + hourMs };
    windows.set(key, fresh);
    return fresh;
  };
  const read = (caller: Caller, resource: Resource): Budget => {
    const { used, endsAt } = windowOf(caller, resource);
    const limit = resource === "core" ? limits.restPerHour : limits.graphqlPerHour;
    return { resource, limit, used, remaining: Math.max(0, limit - used), reset: Math.ceil(endsAt / 1000) };
  };
  return {
    read,
    spend: (caller, resource) => {
      if (read(caller, resource).remaining === 0) throw new GitHubError(403, "API rate limit exceeded");
      windowOf(caller, resource).used += 1;
    },
  };
}

export const rateHeaders = (budget: Budget): Record<string, string> => ({
  "x-ratelimit-limit": String(budget.limit),
  "x-ratelimit-remaining": String(budget.remaining),
  "x-ratelimit-used": String(budget.used),
  "x-ratelimit-reset": String(budget.reset),
  "x-ratelimit-resource": budget.resource,
});
