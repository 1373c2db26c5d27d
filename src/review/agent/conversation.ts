import { addUsage, nearLimit, reachedLimit, type Budget } from "../../core/budget.ts";
import { noUsage, type Usage } from "../../core/run.ts";
import { ModelError } from "../errors.ts";
import type { Clock } from "../ports.ts";
import type { Model, ModelItem, ModelRequest, ModelTurn } from "../model-ports.ts";
import { createCallRunner } from "./run-calls.ts";
import type { Tool } from "./tool.ts";

/** What one conversation with the model is about and may use. */
export interface Conversation {
  readonly request: Omit<ModelRequest, "at" | "input" | "tools" | "output" | "maxOutputTokens">;
  readonly at: { readonly stage: string; readonly conversation: string };
  readonly opening: readonly string[];
  readonly tools: readonly Tool[];
  /** Names of tools that record something: they run after a turn's look-ups, in the order of the calls. */
  readonly inOrder: ReadonlySet<string>;
  /** Asked after each turn's calls: true ends the conversation. */
  readonly isDone: () => boolean;
  readonly fence: string;
  readonly budget: Budget;
  /** Money that other conversations of the same budget have spent so far; null is unknown. */
  readonly usdElsewhere: () => number | null;
  /** Sent once when the budget is nearly spent, and once where an answer calls no tool. */
  readonly hurry: string;
  readonly nudge: string;
}

/** Why a conversation ended. `reason` is a clause for a notice: "the budget of 12 turns is spent". */
export type Ending =
  | { readonly kind: "done" }
  | { readonly kind: "budget" | "silent" | "refused" | "cut_off" | "failed"; readonly reason: string };

export interface Held {
  readonly ending: Ending;
  readonly usage: Usage;
  readonly turns: number;
  /** The model's last words outside of tool calls. */
  readonly lastText: string;
  readonly skippedCalls: number;
}

export interface ConversationDeps {
  readonly model: Model;
  readonly clock: Clock;
}

const maxOutputTokens = 16_000;

/**
 * Holds a conversation until it is done, the budget is spent, or the model refuses, falls silent or fails. Throws the
 * `ModelError` where not even the first turn was answered or a recording does not fit, and the signal's reason on abort.
 */
export const holdConversation = async (
  { model, clock }: ConversationDeps,
  conversation: Conversation,
  signal: AbortSignal,
): Promise<Held> => {
  const startedAt = clock.now().getTime();
  // The clock tells how much time is left; the timer also ends a call that hangs.
  const timeUp = AbortSignal.timeout(Math.max(0, Math.ceil(conversation.budget.seconds * 1000)));
  const either = AbortSignal.any([signal, timeUp]);
  const runner = createCallRunner(conversation);
  const state = openState(conversation);
  const spent = () => ({
    turns: state.turns,
    seconds: (clock.now().getTime() - startedAt) / 1000,
    usage: { ...state.usage, usd: addUsd(state.usage.usd, conversation.usdElsewhere()) },
  });
  const end = (ending: Ending): Held => ({ ...summaryOf(state), ending, skippedCalls: runner.skipped() });

  try {
    for (;;) {
      const limit = reachedLimit(conversation.budget, spent());
      if (limit !== null) return end({ kind: "budget", reason: `${limit} is spent` });
      const turn = await model.turn(requestOf(conversation, state), either);
      const results = takeTurn(state, turn) ? await runner.run(turn.calls, either) : [];
      state.input.push(...results);
      if (turn.calls.length > 0 && conversation.isDone()) return end({ kind: "done" });
      const reply = replyTo(turn, state, conversation);
      if (typeof reply !== "string") return end(reply);
      const near = state.hurried ? null : nearLimit(conversation.budget, spent());
      state.hurried ||= near !== null;
      const words = [reply, ...(near === null ? [] : [`${near}: ${conversation.hurry}`])].filter((text) => text !== "");
      if (words.length > 0) state.input.push({ type: "user", text: words.join("\n") });
    }
  } catch (error) {
    signal.throwIfAborted();
    if (timeUp.aborted)
      return end({ kind: "budget", reason: `the budget of ${conversation.budget.seconds} seconds is spent` });
    if (!(error instanceof ModelError) || error.kind === "replay" || state.turns === 0) throw error;
    return end({ kind: "failed", reason: error.message });
  }
};

interface State {
  readonly input: ModelItem[];
  turns: number;
  usage: Usage;
  lastText: string;
  hurried: boolean;
  nudged: boolean;
  cutOff: boolean;
}

const openState = ({ opening }: Conversation): State => ({
  input: opening.map((text): ModelItem => ({ type: "user", text })),
  turns: 0,
  usage: noUsage,
  lastText: "",
  hurried: false,
  nudged: false,
  cutOff: false,
});

const requestOf = (conversation: Conversation, state: State): ModelRequest => ({
  ...conversation.request,
  at: { ...conversation.at, turn: state.turns },
  input: [...state.input],
  tools: conversation.tools.map(({ spec }) => spec),
  output: null,
  maxOutputTokens,
});

/** Counts a turn in; false where its calls must not run: half an answer may hold half a call. */
const takeTurn = (state: State, turn: ModelTurn): boolean => {
  state.turns += 1;
  state.usage = addUsage(state.usage, turn.usage);
  if (turn.text !== "") state.lastText = turn.text;
  if (turn.stop === "end") state.input.push(...turn.items);
  return turn.stop === "end";
};

/** What to say to a turn beside its results: nothing, a word of help once, or the end. */
const replyTo = (turn: ModelTurn, state: State, { nudge }: Conversation): string | Ending => {
  if (turn.stop === "refused") return { kind: "refused", reason: `the model declined to go on${saying(turn.text)}` };
  if (turn.stop === "cut_off") {
    if (state.cutOff) return { kind: "cut_off", reason: "the model's answers were cut off twice at the output limit" };
    state.cutOff = true;
    return "Your last answer was cut off at the output limit and was not taken. Answer again, with fewer calls.";
  }
  if (turn.calls.length > 0) return "";
  if (state.nudged) return { kind: "silent", reason: "the model stopped calling tools" };
  state.nudged = true;
  return nudge;
};

const saying = (text: string): string => (text === "" ? "" : `: ${text.slice(0, 300)}`);

const summaryOf = ({ usage, turns, lastText }: State) => ({ usage, turns, lastText });

const addUsd = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);
