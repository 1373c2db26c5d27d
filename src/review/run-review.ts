import { applyGates, firstPass, secondPass } from "../core/apply-gates.ts";
import type { FileCoverage } from "../core/change.ts";
import type { GateContext, Judged } from "../core/evidence.ts";
import { createIgnoredBy } from "../core/ignored-files.ts";
import type { ReviewResult } from "../core/run.ts";
import { standingFindings } from "../core/standing-findings.ts";
import { mentionAttempts } from "../core/steering/mention-attempts.ts";
import { toFindings } from "../core/to-findings.ts";
import { addUsage } from "../core/budget.ts";
import { checkFixes } from "./check-fix.ts";
import { collectEvidence } from "./collect-evidence.ts";
import { find, type Found } from "./find.ts";
import { lookUpFacts } from "./look-up-facts.ts";
import { gatherContext, type ReviewContext } from "./gather-context.ts";
import type { Observe } from "./observe.ts";
import type { ReviewDeps } from "./review-deps.ts";
import type { ReviewInput } from "./review-input.ts";
import { verify } from "./verify-standing.ts";

/**
 * Reviews one change, from reading to findings; nothing is published here. Each stage's result is recorded before the
 * next one starts.
 */
export const runReview = async (
  deps: ReviewDeps & { readonly observe: Observe },
  input: ReviewInput,
  signal: AbortSignal,
): Promise<ReviewResult> => {
  const { trees, policy, record } = input;
  const { observe } = deps;
  observe(changeRead(input));
  const context = await gatherContext(deps.analyzers, input, signal);
  observe({
    kind: "context_gathered",
    guidelines: context.guidelines.map(({ path }) => path),
    ignored: context.ignored.length,
  });
  const found = await find(deps, { input, context }, signal);
  observe({ kind: "candidates_found", agent: count(found, "agent"), rules: count(found, "rule") });
  await record("find", found);

  const ignoredBy = createIgnoredBy({ policy, attributed: context.attributed });
  const { threads } = input;
  const looked = await collectEvidence({ candidates: found.candidates, trees, threads, policy, ignoredBy, signal });
  const gateContext: GateContext = { policy, overCapBefore: input.overCapBefore ?? new Set() };
  const first = applyGates(firstPass, await lookUpFacts({ trees, syntax: deps.syntax }, looked, signal), gateContext);
  observe({ kind: "pass_done", pass: "first", judged: first });
  await record("first_pass", traceOf(first));

  const verified = await verify(deps, { input, judged: first, left: found.left }, signal);
  await record("verify", { usage: verified.usage, notices: verified.notices });
  const fixed = await checkFixes({ trees, syntax: deps.syntax }, verified.judged, signal);
  const second = applyGates(secondPass, fixed, gateContext);
  observe({ kind: "pass_done", pass: "second", judged: second });
  await record("second_pass", traceOf(second));

  const result: ReviewResult = {
    runId: input.runId,
    headSha: trees.diff.head,
    mergeBase: trees.diff.mergeBase,
    findings: toFindings(second),
    judged: second,
    standing: standingFindings({ threads: input.threads, judged: second }),
    coverage: coverageOf(input, context, found),
    notices: [...input.notices, ...context.notices, ...found.notices, ...verified.notices],
    steering: mentionAttempts({ ...input, branch: input.branch ?? null, files: trees.diff.files }, found),
    usage: addUsage(found.usage, verified.usage),
    model: found.model,
    promptVersion: found.promptVersion,
    effort: found.effort,
    verdict: found.verdict,
  };
  observe({ kind: "reviewed", result });
  return result;
};

const changeRead = ({ trees }: ReviewInput) => {
  const { files, mergeBase } = trees.diff;
  const sum = (pick: "additions" | "deletions"): number => files.reduce((total, file) => total + file[pick], 0);
  return {
    kind: "change_read",
    files: files.length,
    additions: sum("additions"),
    deletions: sum("deletions"),
    mergeBase,
  } as const;
};

const count = ({ candidates }: Found, kind: "agent" | "rule"): number =>
  candidates.filter(({ origin }) => origin.kind === kind).length;

const traceOf = (judged: readonly Judged[]) =>
  judged.map(({ candidate, standing, verdicts }) => ({
    id: candidate.id,
    title: candidate.title,
    standing,
    verdicts: verdicts.map(({ gate, action, reason }) => ({ gate, action, reason })),
  }));

/** Every changed file exactly once, in the order of the diff. */
const coverageOf = ({ trees }: ReviewInput, { ignored }: ReviewContext, found: Found): readonly FileCoverage[] => {
  const reasons = new Map(ignored.map(({ path, reason }) => [path, reason]));
  const read = new Map(found.coverage.map((file) => [file.path, file]));
  return trees.diff.files.map(({ path }) => {
    const reason = reasons.get(path);
    if (reason !== undefined) return { path, read: "none", reason };
    return read.get(path) ?? { path, read: "none", reason: found.unreadReason };
  });
};
