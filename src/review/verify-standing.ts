import type { Budget } from "../core/budget.ts";
import type { Judged } from "../core/evidence.ts";
import { noUsage, type Notice, type Usage } from "../core/run.ts";
import type { ReviewDeps } from "./review-deps.ts";
import type { ReviewInput } from "./review-input.ts";
import { verifyCandidates } from "./verify.ts";

interface Standing {
  readonly input: ReviewInput;
  readonly judged: readonly Judged[];
  readonly left: Budget;
}

interface Verified {
  readonly judged: readonly Judged[];
  readonly usage: Usage;
  readonly notices: readonly Notice[];
}

/** Has the second reader look at what the agent claimed and the first pass left; rules need no second reader. */
export const verify = async (
  deps: ReviewDeps,
  { input, judged, left }: Standing,
  signal: AbortSignal,
): Promise<Verified> => {
  const model = deps.modelOf(input.runId);
  const claims = judged.filter(
    ({ standing, candidate }) => standing !== "dropped" && candidate.origin.kind === "agent",
  );
  if (model === null || claims.length === 0) return { judged, usage: noUsage, notices: [] };
  const said = await verifyCandidates(
    { model, trees: input.trees, syntax: deps.syntax, clock: deps.clock, modelName: deps.models.verifier },
    { runId: input.runId, judged: claims, budget: left },
    signal,
  );
  const withVerdict = judged.map((one) => {
    const verifier = said.verdicts.get(one.candidate.id);
    return verifier === undefined ? one : { ...one, evidence: { ...one.evidence, verifier } };
  });
  return { judged: withVerdict, usage: said.usage, notices: said.notices };
};
