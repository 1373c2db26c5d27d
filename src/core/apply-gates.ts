import type { Gate, GateContext, Judged, Verdict } from "./evidence.ts";
import { anchor } from "./gates/anchor.ts";
import { facts } from "./gates/facts.ts";
import { fix } from "./gates/fix.ts";
import { merge } from "./gates/merge.ts";
import { policy } from "./gates/policy.ts";
import { quote } from "./gates/quote.ts";
import { rank } from "./gates/rank.ts";
import { refute } from "./gates/refute.ts";
import { said } from "./gates/said.ts";
import { scope } from "./gates/scope.ts";
import { shape } from "./gates/shape.ts";

/** On what the program looked up, before any money is spent on a second reader. */
export const firstPass: readonly Gate[] = [shape, quote, anchor, scope, facts, policy, merge, said];

/** On what the second reader and the parser said of what the first pass left. */
export const secondPass: readonly Gate[] = [refute, fix, rank];

/**
 * Judges candidates by each gate in turn. Nothing is deleted: a dropped candidate stays in its place with the verdict
 * that dropped it and meets no further gate; a demoted one goes on.
 */
export const applyGates = (
  gates: readonly Gate[],
  judged: readonly Judged[],
  context: GateContext,
): readonly Judged[] => gates.reduce((all, gate) => applyGate(gate, all, context), judged);

const applyGate = (gate: Gate, all: readonly Judged[], context: GateContext): readonly Judged[] => {
  const standing = all.filter((judged) => judged.standing !== "dropped");
  const verdicts =
    "judgeAll" in gate ? gate.judgeAll(standing, context) : standing.map((judged) => gate.judge(judged, context));
  const after = new Map(standing.map((judged, index) => [judged, withVerdict(judged, verdicts[index])]));
  return all.map((judged) => after.get(judged) ?? judged);
};

const withVerdict = (judged: Judged, verdict: Verdict | undefined): Judged => {
  if (verdict === undefined) throw new Error("a gate left a candidate without a verdict");
  const verdicts = [...judged.verdicts, verdict];
  if (verdict.action === "drop") return { ...judged, verdicts, standing: "dropped" };
  const candidate = verdict.amend ?? judged.candidate;
  return { ...judged, candidate, verdicts, standing: verdict.action === "demote" ? "summary" : judged.standing };
};
