import { noUsage, type Usage } from "../../src/core/run.ts";
import type { Model, ModelItem, ModelRequest, ModelTurn } from "../../src/review/model-ports.ts";

/** One scripted answer. Call arguments are an object, or text where they are to be malformed. */
export interface FakeTurn {
  readonly text?: string;
  readonly calls?: readonly { readonly name: string; readonly arguments: object | string }[];
  readonly stop?: ModelTurn["stop"];
  readonly usage?: Partial<Usage>;
}

/** Answers a request, or throws what the model is to throw. `null` never answers: only an abort ends it. */
export type FakeScript = (request: ModelRequest) => FakeTurn | null;

export interface FakeModel extends Model {
  /** Every request so far, in order of arrival. */
  readonly requests: readonly ModelRequest[];
}

/** A model that follows a script. */
export const createFakeModel = (script: FakeScript): FakeModel => {
  const requests: ModelRequest[] = [];
  return {
    requests,
    turn: async (request, signal) => {
      signal.throwIfAborted();
      requests.push(request);
      const answer = script(request);
      return answer === null ? untilAborted(signal) : toTurn(answer, request);
    },
  };
};

/** A script that answers each conversation's turns in order; after the last it throws, so that no test runs on. */
export const inTurns =
  (...turns: readonly (FakeTurn | Error | null)[]): FakeScript =>
  (request) => {
    const turn = turns[request.at.turn];
    if (turn === undefined) throw new Error(`the script has no turn ${request.at.turn} for ${request.at.conversation}`);
    if (turn instanceof Error) throw turn;
    return turn;
  };

/** A script per stage ("find", "verify"). */
export const byStage =
  (scripts: Readonly<Record<string, FakeScript>>): FakeScript =>
  (request) => {
    const script = scripts[request.at.stage];
    if (script === undefined) throw new Error(`no script for stage ${request.at.stage}`);
    return script(request);
  };

/** The text of everything that the request holds beside its instructions. */
export const textOf = (request: ModelRequest): string =>
  request.input
    .map((item) => {
      if (item.type === "result") return item.output;
      if (item.type === "call") return `${item.name} ${item.arguments}`;
      return item.type === "opaque" ? item.payload : item.text;
    })
    .join("\n");

/** What came back from the tools of the last turn. */
export const lastResults = (request: ModelRequest): readonly string[] => {
  const last = request.input.findLastIndex((item) => item.type === "call" || item.type === "assistant");
  return request.input.slice(last + 1).flatMap((item) => (item.type === "result" ? [item.output] : []));
};

const toTurn = (answer: FakeTurn, request: ModelRequest): ModelTurn => {
  const { conversation, turn } = request.at;
  const calls = (answer.calls ?? []).map(({ name, arguments: given }, index) => ({
    callId: `${conversation}-${turn}-${index}`,
    name,
    arguments: typeof given === "string" ? given : JSON.stringify(given),
  }));
  const said: readonly ModelItem[] = answer.text === undefined ? [] : [{ type: "assistant", text: answer.text }];
  return {
    items: [...said, ...calls.map((call): ModelItem => ({ type: "call", ...call }))],
    text: answer.text ?? "",
    calls,
    stop: answer.stop ?? "end",
    usage: { ...noUsage, calls: 1, inputTokens: 100, outputTokens: 10, ...answer.usage },
    model: request.model,
  };
};

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
