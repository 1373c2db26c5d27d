import { sha256Hex } from "../core/sha256-hex.ts";
import type { Budget } from "../core/budget.ts";
import type { Judged, VerifierEvidence } from "../core/evidence.ts";
import { fenced, fenceOf } from "../core/fence.ts";
import { rangeOf } from "../core/range-of.ts";
import type { Usage } from "../core/run.ts";
import { describeFile, showDiff } from "../core/show-diff.ts";
import type { ChangeTrees, Syntax } from "./ports.ts";
import { holdConversation, type ConversationDeps, type Ending } from "./agent/conversation.ts";
import { createJudgeTool } from "./agent/judge.ts";
import { createReadingLog } from "./agent/reading-log.ts";
import { readingTools } from "./agent/reading-tools.ts";
import { promptVersion } from "./prompts/prompt-version.ts";
import { verifyPrompt } from "./prompts/verify.ts";

export interface VerifierDeps extends ConversationDeps {
  readonly trees: ChangeTrees;
  readonly syntax: Syntax;
  /** The name that the model is asked for by. */
  readonly modelName: string;
}

export interface ClaimTask {
  readonly runId: string;
  readonly judged: Judged;
  readonly budget: Budget;
  readonly usdElsewhere: () => number | null;
}

export interface VerifiedClaim {
  readonly evidence: VerifierEvidence;
  readonly usage: Usage;
}

const diffChars = 12_000;

/** Has a second reader, who sees the bare claim, try to refute one candidate. */
export const verifyClaim = async (
  deps: VerifierDeps,
  { runId, judged, budget, usdElsewhere }: ClaimTask,
  signal: AbortSignal,
): Promise<VerifiedClaim> => {
  const fence = fenceOf(runId);
  const judge = createJudgeTool(deps.trees);
  const held = await holdConversation(
    deps,
    {
      request: {
        promptVersion,
        model: deps.modelName,
        effort: "medium",
        instructions: verifyPrompt,
        cacheKey: `verify-${runId}`,
      },
      at: { stage: "verify", conversation: conversationOf(judged) },
      opening: [`The claim:\n${fenced(fence, showClaim(judged))}`],
      tools: [...readingTools({ ...deps, log: createReadingLog([]) }), judge.tool],
      inOrder: new Set(["judge"]),
      isDone: () => judge.judgement() !== null,
      fence,
      budget,
      usdElsewhere,
      hurry: "judge now; unsure is an answer.",
      nudge: "Nobody reads text outside of tool calls. Call judge.",
    },
    signal,
  );
  return { evidence: judge.judgement() ?? withoutJudgement(held.ending), usage: held.usage };
};

const withoutJudgement = (ending: Ending): VerifierEvidence => ({
  verdict: "not_verified",
  reason: ending.kind === "done" ? "the second reader gave no judgement" : ending.reason,
});

/** Derived from the claim itself, so that a journal finds it again in whatever order claims are verified. */
const conversationOf = ({ candidate, evidence }: Judged): string =>
  `${evidence.fingerprint.slice(0, 16)}-${sha256Hex(candidate.title).slice(0, 8)}`;

/** Title, place, code, trigger, rule and premises: not the body, nothing that the author says of the change. */
const showClaim = (judged: Judged): string => {
  const { candidate, evidence } = judged;
  const range = rangeOf(judged);
  const lines = range === null ? "lines unknown" : `lines ${range.startLine}-${range.endLine}`;
  const side = candidate.side === "RIGHT" ? "head" : "base";
  return [
    `# Title\n${candidate.title}`,
    `# Place\n${candidate.path}, ${lines}, at the ${side}\n\n${candidate.quote}`,
    `# Trigger\n${candidate.trigger ?? "none named"}`,
    ...(candidate.rule === null
      ? []
      : [`# Rule\nIt is said to break ${candidate.rule.path}${ruleLine(candidate.rule.line)}.`]),
    ...(candidate.premises.length === 0 ? [] : [`# Premises that were not looked up\n${listOf(candidate.premises)}`]),
    ...(evidence.file === null ? [] : [`# Diff of the file\n${showAround(evidence.file, range?.startLine ?? 1)}`]),
  ].join("\n\n");
};

const ruleLine = (line: number | null): string => (line === null ? "" : `, line ${line}`);

const listOf = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n");

const showAround = (file: NonNullable<Judged["evidence"]["file"]>, line: number): string => {
  const whole = showDiff(file, { maxChars: diffChars });
  const { text, cutAt } =
    whole.cutAt === null ? whole : showDiff(file, { maxChars: diffChars, fromLine: Math.max(1, line - 30) });
  const cut = cutAt === null ? "" : "\n[cut: read the rest with diff]";
  return `${describeFile(file)}\n${text}${cut}`;
};
