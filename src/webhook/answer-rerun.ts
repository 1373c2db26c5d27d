import type { HandlerDeps } from "./handler-deps.ts";
import { rerunWanted, type RerunDelivery } from "./rerun-wanted.ts";

/**
 * Wants the pull requests of a check that names none, as GitHub does for those from forks: the check run is one of our
 * runs by its `external_id`, and a check suite stands on a commit that runs have read.
 */
export const answerRerun = async (deps: HandlerDeps, delivery: RerunDelivery): Promise<void> => {
  const { event, check } = delivery;
  const runs = await deps.runs.ofHead(event.repository.id, check.head_sha);
  const own = runs.filter(({ id }) => id === check.external_id);
  const numbers = new Set((own.length > 0 ? own : runs).map(({ pullRequest }) => pullRequest.number));
  if (numbers.size === 0) return;
  await deps.deliveries.transaction(async (connection) => {
    for (const wanted of rerunWanted(delivery, [...numbers])) {
      await deps.deliveries.insertWanted(wanted, connection);
      await deps.queue.send({ kind: "pull_request", pullRequest: wanted.pullRequest }, connection);
    }
  });
};
