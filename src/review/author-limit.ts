import { isAutomatic, type ReviewRequest } from "../core/request.ts";
import type { PullRequestSnapshot } from "../core/pull-request.ts";
import type { JobDeps } from "./job-deps.ts";
import { startOfDay } from "./start-of-day.ts";

interface Limited {
  readonly snapshot: PullRequestSnapshot;
  readonly requests: readonly ReviewRequest[];
  readonly run: { readonly id: string };
}

/**
 * Why the author's day is full, in words; null while it is not. Somebody with write access may ask for more, and nobody
 * else: an author's own command does not get around the limit. Who may write is looked up only where it decides.
 */
export const fullAuthorDay = async (
  deps: Pick<JobDeps, "runs" | "clock" | "limits" | "host">,
  limited: Limited,
  signal: AbortSignal,
): Promise<string | null> => {
  const { snapshot, run } = limited;
  const limit = deps.limits.reviewsPerAuthorAndDay;
  const since = startOfDay(deps.clock.now());
  if ((await deps.runs.countByAuthor(snapshot.author, { since, besides: run.id })) < limit) return null;
  if (await isAskedByWriter(deps, limited, signal)) return null;
  return `pull requests of ${snapshot.author} were reviewed ${limit} times today, which is the operator's limit; it begins anew at midnight UTC, and somebody with write access can ask for a review with a command`;
};

const isAskedByWriter = async (
  { host }: Pick<JobDeps, "host">,
  { snapshot, requests }: Limited,
  signal: AbortSignal,
): Promise<boolean> => {
  const asked = requests.filter((request) => !isAutomatic(request));
  for (const requester of new Set(asked.map((request) => request.requester))) {
    // Only the command line asks without a name, and whoever runs that is the operator.
    if (requester === null) return true;
    const permission = await host.permissionOf(snapshot.ref, requester, signal);
    if (permission === "write" || permission === "maintain" || permission === "admin") return true;
  }
  return false;
};
