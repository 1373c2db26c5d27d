import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyGates, firstPass, secondPass } from "../../src/core/apply-gates.ts";
import { buildPlan } from "../../src/core/build-plan.ts";
import type { Judged } from "../../src/core/evidence.ts";
import { defaultPolicy } from "../../src/core/policy.ts";
import { standingFindings } from "../../src/core/standing-findings.ts";
import { mentionAttempts } from "../../src/core/steering/mention-attempts.ts";
import { toFindings } from "../../src/core/to-findings.ts";
import { checkFixes } from "../../src/review/check-fix.ts";
import { collectEvidence } from "../../src/review/collect-evidence.ts";
import { createFakeSyntax } from "../fakes/fake-syntax.ts";
import { createFakeTrees } from "../fakes/fake-repository.ts";
import { readGoldenCase, type GoldenCase } from "../fakes/golden-case.ts";
import { somePullRequest } from "../fakes/pull-request.ts";
import { someResult } from "../fakes/run.ts";

const cases = join(import.meta.dirname, "../fixtures/golden");
const context = { policy: defaultPolicy };

/** From what a finder claims to what every gate said of it. */
const judge = async (golden: GoldenCase): Promise<readonly Judged[]> => {
  const { signal } = new AbortController();
  const trees = createFakeTrees(golden);
  const input = { ...golden, trees, policy: defaultPolicy, ignoredBy: () => null, signal };
  const once = applyGates(firstPass, await collectEvidence(input), context);
  const read = once.map((judged) => ({
    ...judged,
    evidence: { ...judged.evidence, verifier: golden.verifier[judged.candidate.id] ?? null },
  }));
  // No grammar: brackets alone decide, so that a case needs no parser.
  const syntax = { ...createFakeSyntax(), parseErrors: () => Promise.resolve(null) };
  return applyGates(secondPass, await checkFixes({ trees, syntax }, read, signal), context);
};

const planOf = (golden: GoldenCase, judged: readonly Judged[]) => {
  const { coverage, notices, instructionsSeen, verdict, partial, threads, ownComments } = golden;
  const result = someResult({
    findings: toFindings(judged),
    judged,
    standing: standingFindings({ threads, judged }),
    coverage,
    notices,
    steering: mentionAttempts(noWords, { instructionsSeen }),
    verdict,
  });
  return buildPlan({
    runId: "run-1",
    snapshot: somePullRequest({ threads, ownComments }),
    outcome: { kind: "reviewed", result, partial },
    policy: defaultPolicy,
    requests: [],
  });
};

const noWords = { title: "", body: "", commitMessages: [], linkedIssues: [], branch: null, files: [] };

const traceOf = (judged: readonly Judged[]) =>
  judged.map(({ candidate, standing, verdicts }) => ({
    id: candidate.id,
    standing,
    verdicts: verdicts.map(({ gate, action, reason }) => `${gate} ${action}: ${reason}`),
  }));

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

describe("from candidates to a plan", () => {
  it.each(readdirSync(cases))("%s", async (name) => {
    const folder = join(cases, name);
    const golden = readGoldenCase(folder);
    const judged = await judge(golden);
    await expect(asJson(traceOf(judged))).toMatchFileSnapshot(join(folder, "trace.json"));
    await expect(asJson(planOf(golden, judged))).toMatchFileSnapshot(join(folder, "plan.json"));
  });
});
