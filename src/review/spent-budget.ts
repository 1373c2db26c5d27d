import type { ReviewPolicy } from "../core/policy.ts";
import type { PullRequestSnapshot } from "../core/pull-request.ts";
import type { JobDeps } from "./job-deps.ts";
import { startOfDay } from "./start-of-day.ts";

/** Why no money is left for a run today, in words; null while there is. Commands do not override it. */
export const spentBudget = async (
  deps: Pick<JobDeps, "runs" | "clock" | "limits">,
  { snapshot, policy }: { readonly snapshot: PullRequestSnapshot; readonly policy: ReviewPolicy },
): Promise<string | null> => {
  const since = startOfDay(deps.clock.now());
  const { repositoryId, installationId } = snapshot.ref;
  const repository = await deps.runs.spentSince({ repositoryId }, since);
  if (repository.usd >= policy.budget.usd_per_day)
    return `the repository's budget of ${policy.budget.usd_per_day} US dollars a day is spent; it begins anew at midnight UTC`;
  const installation = await deps.runs.spentSince({ installationId }, since);
  if (installation.usd >= deps.limits.usdPerDay)
    return "the operator's budget for this installation and day is spent; it begins anew at midnight UTC";
  return null;
};
