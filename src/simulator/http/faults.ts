import type { RequestRecord } from "./request-log.ts";

/**
 * How a request goes wrong. `…_before` has no effect on GitHub's side, `…_after` has its whole effect and only the
 * answer is lost. `slow` waits `afterMs` first; `hang_…` never answers; `graphql_error` is GitHub's 200 with "Something
 * went wrong"; `pass` only calls `onHit`, as a place to move the head in the middle of a review.
 */
export type FaultKind =
  | "500_before"
  | "500_after"
  | "502_before"
  | "502_after"
  | "reset_before"
  | "reset_after"
  | "401"
  | "429"
  | "secondary_403"
  | "primary_403"
  | "slow"
  | "hang_before"
  | "hang_after"
  | "graphql_error"
  | "pass";

interface FaultMatch {
  readonly kind?: RequestRecord["kind"];
  readonly method?: string;
  /** Against the path without `/api/v3`. */
  readonly path?: RegExp;
  readonly route?: string;
  /** A top-level field of a GraphQL request. */
  readonly operation?: string;
  readonly body?: (body: unknown) => boolean;
}

export interface Fault {
  readonly kind: FaultKind;
  readonly match: FaultMatch;
  /** How many requests it hits; 1 where nothing is said. */
  readonly times?: number;
  /** Matching requests to let through first. */
  readonly skip?: number;
  readonly afterMs?: number;
  readonly retryAfterSeconds?: number;
  /** Awaited before the request is looked at. */
  readonly onHit?: () => Promise<void> | void;
}

type Target = Omit<RequestRecord, "status" | "tokenId"> & { readonly body: unknown };

const fits = ({ path, body, ...match }: FaultMatch, target: Target): boolean =>
  (match.kind ?? target.kind) === target.kind &&
  (match.method ?? target.method) === target.method &&
  (match.route ?? target.route) === target.route &&
  (path === undefined || path.test(target.path)) &&
  (match.operation === undefined || target.operations.includes(match.operation)) &&
  (body === undefined || body(target.body));

export interface Faults {
  readonly add: (fault: Fault) => void;
  readonly clear: () => void;
  /** The fault that hits this request, used up by one. */
  readonly take: (target: Target) => Fault | null;
}

export function createFaults(): Faults {
  let waiting: { readonly fault: Fault; skip: number; left: number }[] = [];
  return {
    add: (fault) => void waiting.push({ fault, skip: fault.skip ?? 0, left: fault.times ?? 1 }),
    clear: () => {
      waiting = [];
    },
    take: (target) => {
      const hit = waiting.find((entry) => entry.left > 0 && fits(entry.fault.match, target));
      if (hit === undefined) return null;
      if (hit.skip > 0) {
        hit.skip -= 1;
        return null;
      }
      hit.left -= 1;
      return hit.fault;
    },
  };
}
