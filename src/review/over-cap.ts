import { z } from "zod";
import type { Judged } from "../core/evidence.ts";
import type { PullRequestSnapshot } from "../core/pull-request.ts";
import type { RunStore } from "./store-ports.ts";

const stage = "over_cap";

const fingerprints = z.array(z.string());

/** As many earlier reviews of one head as are looked at; each costs a query. */
const mostReviews = 10;

/** Keeps which findings the cap moved into a run's summary, for later reviews of the same head. */
export const recordOverCap = async (
  runs: Pick<RunStore, "writeStage">,
  runId: string,
  judged: readonly Judged[],
): Promise<void> => {
  const over = judged.filter(({ verdicts }) =>
    verdicts.some((verdict) => verdict.action === "demote" && verdict.label === "over the cap"),
  );
  if (over.length > 0)
    await runs.writeStage(
      runId,
      stage,
      over.map(({ evidence }) => evidence.fingerprint),
    );
};

/** Fingerprints of what the cap moved into the summary in earlier reviews of this very head. */
export const readOverCap = async (
  runs: Pick<RunStore, "reviewedHeads" | "readStage">,
  { ref, headSha }: Pick<PullRequestSnapshot, "ref" | "headSha">,
): Promise<ReadonlySet<string>> => {
  const earlier = (await runs.reviewedHeads(ref)).filter((reviewed) => reviewed.headSha === headSha);
  const over: string[] = [];
  for (const { runId } of earlier.slice(0, mostReviews))
    over.push(...fingerprints.parse((await runs.readStage(runId, stage)) ?? []));
  return new Set(over);
};
