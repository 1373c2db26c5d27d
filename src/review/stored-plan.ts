import { plannedEndingSchema, type PlannedEnding } from "../core/plan-codec.ts";
import type { RunStore } from "./store-ports.ts";

/** The plan that an earlier try has made of a run; null where none got so far. */
export const storedPlan = async (
  deps: { readonly runs: Pick<RunStore, "readStage"> },
  runId: string,
): Promise<PlannedEnding | null> => {
  const stored = await deps.runs.readStage(runId, "plan");
  return stored === null ? null : plannedEndingSchema.parse(stored);
};
