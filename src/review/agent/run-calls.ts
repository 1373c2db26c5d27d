import { fenced } from "../../core/fence.ts";
import { truncateText } from "../../core/truncate.ts";
import { OperationalError } from "../errors.ts";
import type { ModelItem, ModelTurn } from "../model-ports.ts";
import { note, type Tool, type ToolAnswer } from "./tool.ts";

type Call = ModelTurn["calls"][number];

export interface CallRunner {
  /** Answers all calls of one turn, in their order. */
  readonly run: (calls: readonly Call[], signal: AbortSignal) => Promise<readonly ModelItem[]>;
  /** Calls that were not run because there were too many in one turn. */
  readonly skipped: () => number;
}

const callsInOneTurn = 64;
const atOnce = 8;
const resultChars = 30_000;
const turnChars = 160_000;

/**
 * Runs the calls of a turn. Tools that `inOrder` names run after the look-ups, one after the other in the order of the
 * calls; so that what they answer does not depend on which file was read faster.
 */
export const createCallRunner = ({
  tools,
  fence,
  inOrder,
}: {
  readonly tools: readonly Tool[];
  readonly fence: string;
  readonly inOrder: ReadonlySet<string>;
}): CallRunner => {
  /** By tool: how many turns in a row had a call of it that did not fit, and none that did. */
  let strikes: ReadonlyMap<string, number> = new Map();
  let skipped = 0;
  const answer = async (call: Call, signal: AbortSignal): Promise<ToolAnswer> => {
    const tool = tools.find(({ spec }) => spec.name === call.name);
    if (tool === undefined) return note(`There is no tool of this name. Tools: ${namesOf(tools)}.`);
    return runTool(tool, call.arguments, signal);
  };
  return {
    skipped: () => skipped,
    run: async (calls, signal) => {
      const taken = calls.slice(0, callsInOneTurn);
      skipped += calls.length - taken.length;
      const lookUps = taken.filter(({ name }) => !inOrder.has(name));
      const answers = new Map<Call, ToolAnswer>();
      for (const batch of batches(lookUps, atOnce))
        for (const [call, given] of await Promise.all(
          batch.map(async (each) => [each, await answer(each, signal)] as const),
        ))
          answers.set(call, given);
      for (const call of taken.filter(({ name }) => inOrder.has(name))) answers.set(call, await answer(call, signal));
      strikes = countStrikes(strikes, answers);
      return toResults(calls, explained(answers, strikes), fence);
    },
  };
};

const namesOf = (tools: readonly Tool[]): string => tools.map(({ spec }) => spec.name).join(", ");

/** A tool call is one of the places where failures are caught: the model is told, and may do something else. */
const runTool = async (tool: Tool, given: string, signal: AbortSignal): Promise<ToolAnswer> => {
  try {
    return await tool.run(given, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof OperationalError)) throw error;
    return note(`The look-up failed: ${truncateText(error.message, 300)}`);
  }
};

type Answers = ReadonlyMap<Call, ToolAnswer>;

/** Several calls of one turn were written before any answer could mend them, so they count as one. */
const countStrikes = (before: ReadonlyMap<string, number>, answers: Answers): ReadonlyMap<string, number> => {
  const fits = (name: string): boolean =>
    [...answers].some(([call, { malformed }]) => call.name === name && malformed !== true);
  const called = new Set([...answers.keys()].map(({ name }) => name));
  return new Map([
    ...before,
    ...[...called].map((name) => [name, fits(name) ? 0 : (before.get(name) ?? 0) + 1] as const),
  ]);
};

const explained = (answers: Answers, strikes: ReadonlyMap<string, number>): Answers =>
  new Map(
    [...answers].map(([call, given]) => [
      call,
      given.malformed === true ? explainMalformed(given, strikes.get(call.name) ?? 0) : given,
    ]),
  );

const explainMalformed = ({ note: text }: ToolAnswer, times: number): ToolAnswer =>
  times < 2
    ? note(`The arguments do not fit, nothing was done:\n${truncateText(text, 2000)}\nMend them and call again.`)
    : note(`The arguments do not fit again, this call is given up:\n${truncateText(text, 500)}\nGo on without it.`);

const batches = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

const toResults = (calls: readonly Call[], answers: Answers, fence: string): readonly ModelItem[] => {
  let left = turnChars;
  return calls.map((call): ModelItem => {
    const answer = answers.get(call);
    if (answer === undefined)
      return result(call, `Not run: more than ${callsInOneTurn} calls in one turn. Call it again if you need it.`);
    const { note: text, data, onShown } = answer;
    if (data !== null && data.length > left)
      return result(call, `Not shown: the results of this turn are too long together. Ask for less, or call it again.`);
    left -= data?.length ?? 0;
    onShown?.();
    return result(call, data === null ? text : `${text}\n${fenced(fence, truncateText(data, resultChars))}`);
  });
};

const result = ({ callId }: Call, output: string): ModelItem => ({ type: "result", callId, output });
