import type { ReviewBrief } from "../../core/brief.ts";
import type { Budget } from "../../core/budget.ts";
import type { Candidate } from "../../core/candidate.ts";
import type { FileCoverage } from "../../core/change.ts";
import { fenceOf } from "../../core/fence.ts";
import { changeMessages, policyMessage } from "../../core/prompt.ts";
import type { Notice, Usage } from "../../core/run.ts";
import type { ChangeTrees, Syntax } from "../ports.ts";
import type { ModelRequest } from "../model-ports.ts";
import { findPrompt, securityPrompt } from "../prompts/find.ts";
import { promptVersion } from "../prompts/prompt-version.ts";
import { createCandidateBook, type CandidateBook, type Withdrawn } from "./candidate-book.ts";
import { holdConversation, type ConversationDeps, type Ending, type Held } from "./conversation.ts";
import { createFinishTool, type FinishTool } from "./finish.ts";
import { createReadingLog, type ReadingLog } from "./reading-log.ts";
import { readingTools } from "./reading-tools.ts";
import { reportFindingTool } from "./report-finding.ts";
import { withdrawFindingTool } from "./withdraw-finding.ts";

export interface AgentDeps extends ConversationDeps {
  readonly trees: ChangeTrees;
  readonly syntax: Syntax;
  /** The name that the model is asked for by. */
  readonly modelName: string;
}

export interface AgentTask {
  readonly brief: ReviewBrief;
  readonly budget: Budget;
  readonly effort: ModelRequest["effort"];
  /** Its name in the journal; one for each conversation of the stage. */
  readonly conversation: string;
}

export interface Found {
  readonly candidates: readonly Candidate[];
  /** What the finder reported and took back; for the run's trace alone. */
  readonly withdrawn: readonly Withdrawn[];
  /** What the model said of the change as a whole; null where it came to no end. */
  readonly verdict: string | null;
  readonly coverage: readonly FileCoverage[];
  readonly usage: Usage;
  readonly notices: readonly Notice[];
  /** Sentences that the model took for attempts to steer it, as it quoted them. */
  readonly instructionsSeen: readonly string[];
  readonly promptVersion: string;
  readonly ending: Ending;
}

/**
 * The finder: one conversation in which the model reads the change and its repository and reports candidates. At the
 * end of a budget, or when the model fails midway, what was found is kept and notices say what is missing. Throws the
 * `ModelError` where no turn was answered at all.
 */
export const findCandidates = async (deps: AgentDeps, task: AgentTask, signal: AbortSignal): Promise<Found> => {
  const { brief } = task;
  const fence = fenceOf(brief.runId);
  const change = changeMessages(brief, fence);
  const log = createReadingLog(brief.files);
  for (const [path, lines] of change.shown) log.sawDiff(path, lines);
  const book = createCandidateBook(deps.trees);
  const finish = createFinishTool(book, log);
  const held = await holdConversation(
    deps,
    {
      request: requestOf(deps.modelName, task),
      at: { stage: "find", conversation: task.conversation },
      opening: [policyMessage(brief), ...change.texts],
      tools: [...readingTools({ ...deps, log }), reportFindingTool(book), withdrawFindingTool(book), finish.tool],
      inOrder: new Set(["report_finding", "withdraw_finding", "finish"]),
      isDone: () => finish.finished() !== null,
      fence,
      budget: task.budget,
      usdElsewhere: () => 0,
      hurry: "report what you have and call finish.",
      nudge: "Nobody reads text outside of tool calls. Go on with the tools: report what you found, then call finish.",
    },
    signal,
  );
  return conclude({ held, brief, log, book, finish });
};

const requestOf = (modelName: string, { brief, effort }: AgentTask) => ({
  promptVersion,
  model: modelName,
  effort,
  instructions: brief.mode === "security" ? `${findPrompt}\n\n${securityPrompt}` : findPrompt,
  // Turns of one conversation share far more than two reviews do, so the cache is kept warm per run.
  cacheKey: `find-${brief.runId}`,
});

interface Parts {
  readonly held: Held;
  readonly brief: ReviewBrief;
  readonly log: ReadingLog;
  readonly book: CandidateBook;
  readonly finish: FinishTool;
}

const conclude = ({ held, brief, log, book, finish }: Parts): Found => {
  const finished = finish.finished();
  const { ending } = held;
  const unread = ending.kind === "done" ? "the reviewer did not look at it" : ending.reason;
  return {
    candidates: book.candidates(),
    withdrawn: book.withdrawn(),
    verdict: finished?.verdict ?? null,
    coverage: [
      ...log.coverage(unread),
      ...brief.ignored.map(({ path, reason }): FileCoverage => ({ path, read: "none", reason })),
    ],
    usage: held.usage,
    notices: [...endingNotices(ending), ...boundNotices(held, book)],
    instructionsSeen: finished?.instructions_seen ?? [],
    promptVersion,
    ending,
  };
};

const endingNotices = (ending: Ending): readonly Notice[] => {
  if (ending.kind === "done") return [];
  const kind = ending.kind === "budget" ? "budget" : "model";
  return [
    { kind, text: `The review ended early: ${ending.reason}. What was found until then is kept.` },
    { kind: "partial", text: "The change was not reviewed to the end." },
  ];
};

const boundNotices = ({ skippedCalls }: Held, book: CandidateBook): readonly Notice[] => [
  ...(skippedCalls === 0
    ? []
    : [{ kind: "model" as const, text: `${skippedCalls} tool calls beyond the limit for one answer were not run.` }]),
  ...(book.overflow() === 0
    ? []
    : [
        {
          kind: "model" as const,
          text: `${book.overflow()} findings beyond the limit for one review were not recorded.`,
        },
      ]),
];
