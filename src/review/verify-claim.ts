import { sha256Hex } from "../core/sha256-hex.ts";
import { addUsage, type Budget } from "../core/budget.ts";
import type { Judged } from "../core/evidence.ts";
import { fenced, fenceOf } from "../core/fence.ts";
import type { Usage } from "../core/run.ts";
import type { Judgement, VerifierEvidence } from "../core/verifier-evidence.ts";
import type { ChangeTrees, Syntax } from "./ports.ts";
import { holdConversation, type ConversationDeps, type Ending } from "./agent/conversation.ts";
import { createJudgeTool } from "./agent/judge.ts";
import { createReadingLog } from "./agent/reading-log.ts";
import { readingTools } from "./agent/reading-tools.ts";
import { ModelError } from "./errors.ts";
import { promptVersion } from "./prompts/prompt-version.ts";
import { verifyAgainPrompt } from "./prompts/verify-again.ts";
import { verifyPrompt } from "./prompts/verify.ts";
import { showClaim } from "./show-claim.ts";

export interface VerifierDeps extends ConversationDeps {
  readonly trees: ChangeTrees;
  readonly syntax: Syntax;
  /** The name that the model is asked for by. */
  readonly modelName: string;
}

export interface ClaimTask {
  readonly runId: string;
  readonly judged: Judged;
  /** What is left at the moment of asking. */
  readonly budgetLeft: () => Budget;
  readonly usdElsewhere: () => number | null;
}

export interface VerifiedClaim {
  readonly evidence: VerifierEvidence;
  readonly usage: Usage;
}

/**
 * Has a second reader, who sees the bare claim, try to refute one candidate. Where that reader is unsure of a P0 or P1,
 * a further one is asked to build the case instead; that one's judgement decides, and where it comes to none the first
 * one's stands.
 */
export const verifyClaim = async (deps: VerifierDeps, task: ClaimTask, signal: AbortSignal): Promise<VerifiedClaim> => {
  const first = await read(deps, { ...task, reader: refuting }, signal);
  if (first.judgement === null) return { evidence: withoutJudgement(first.ending), usage: first.usage };
  const alone = { evidence: { ...first.judgement, earlier: null }, usage: first.usage };
  if (first.judgement.verdict !== "unsure" || !isSevere(task.judged)) return alone;
  const second = await readAgain(deps, task, signal);
  if (second === null) return alone;
  const usage = addUsage(first.usage, second.usage);
  if (second.judgement === null) return { ...alone, usage };
  return { evidence: { ...second.judgement, earlier: first.judgement }, usage };
};

const isSevere = ({ candidate }: Judged): boolean => candidate.severity === "P0" || candidate.severity === "P1";

interface Reader {
  readonly instructions: string;
  /** Behind the claim's own name in that of the conversation. */
  readonly suffix: string;
}

const refuting: Reader = { instructions: verifyPrompt, suffix: "" };
const constructing: Reader = { instructions: verifyAgainPrompt, suffix: "-again" };

/** Null where the model gave no answer at all: the first reader's word is worth keeping. */
const readAgain = async (deps: VerifierDeps, task: ClaimTask, signal: AbortSignal): Promise<Reading | null> => {
  try {
    return await read(deps, { ...task, reader: constructing }, signal);
  } catch (error) {
    if (!(error instanceof ModelError) || error.kind === "replay") throw error;
    return null;
  }
};

interface Reading {
  readonly judgement: Judgement | null;
  readonly ending: Ending;
  readonly usage: Usage;
}

/** The file's diff comes before the claim, so that the readers of one file's claims share what a cache can keep. */
const read = async (
  deps: VerifierDeps,
  { runId, judged, budgetLeft, usdElsewhere, reader }: ClaimTask & { readonly reader: Reader },
  signal: AbortSignal,
): Promise<Reading> => {
  const fence = fenceOf(runId);
  const judge = createJudgeTool(deps.trees);
  const shown = await showClaim(deps.trees, judged, signal);
  const held = await holdConversation(
    deps,
    {
      request: {
        promptVersion,
        model: deps.modelName,
        effort: "medium",
        instructions: reader.instructions,
        cacheKey: `verify-${runId}`,
      },
      at: { stage: "verify", conversation: `${conversationOf(judged)}${reader.suffix}` },
      opening: [
        `The diff of the file that the claim points at:\n${fenced(fence, shown.diff)}`,
        `The claim:\n${fenced(fence, shown.claim)}`,
      ],
      tools: [...readingTools({ ...deps, log: createReadingLog([]) }), judge.tool],
      inOrder: new Set(["judge"]),
      isDone: () => judge.judgement() !== null,
      fence,
      budget: budgetLeft(),
      usdElsewhere,
      hurry: "judge now; unsure is an answer.",
      nudge: "Nobody reads text outside of tool calls. Call judge.",
    },
    signal,
  );
  return { judgement: judge.judgement(), ending: held.ending, usage: held.usage };
};

const withoutJudgement = (ending: Ending): VerifierEvidence => ({
  verdict: "not_verified",
  reason: ending.kind === "done" ? "the second reader gave no judgement" : ending.reason,
});

/** Derived from the claim itself, so that a journal finds it again in whatever order claims are verified. */
const conversationOf = ({ candidate, evidence }: Judged): string =>
  `${evidence.fingerprint.slice(0, 16)}-${sha256Hex(candidate.title).slice(0, 8)}`;
