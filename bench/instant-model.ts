import { noUsage } from "../src/core/run.ts";
import type { Model, ModelRequest, ModelTurn } from "../src/review/model-ports.ts";

type Call = Omit<ModelTurn["calls"][number], "callId">;

/** Answers at once: reports as many defects in the sample change as asked for, confirms each, and finishes. */
export const createInstantModel = (findings: number): Model => ({
  turn: async (request) => {
    const calls = callsFor(request, findings).map((call, index) => ({
      ...call,
      callId: `${request.at.turn}-${index}`,
    }));
    return {
      items: calls.map((call) => ({ type: "call", ...call })),
      text: "",
      calls,
      stop: "end",
      usage: { ...noUsage, calls: 1 },
      model: request.model,
    };
  },
});

const callsFor = (request: ModelRequest, findings: number): readonly Call[] => {
  if (request.at.stage === "verify") return [judge(request)];
  if (request.at.turn > 0 || findings === 0) return [call("finish", { verdict: "Read.", instructions_seen: [] })];
  const places = stepsIn(request).slice(0, findings);
  if (places.length < findings) throw new Error(`the prompt shows ${places.length} lines for ${findings} findings`);
  return places.map(report);
};

const call = (name: string, given: object): Call => ({ name, arguments: JSON.stringify(given) });

interface Step {
  readonly quote: string;
  readonly path: string;
  readonly number: string;
}

/** The lines of the sample change that the prompt shows; the last number on each names its file. */
const stepsIn = (request: ModelRequest): readonly Step[] => {
  const text = request.input.map((item) => (item.type === "user" ? item.text : "")).join("\n");
  return [...text.matchAll(/( {2}const step(\d+) = input \* (?!2 )\d+ \+ \d+ - (\d+);)/g)].map(
    ([, quote = "", number = "", file = ""]) => ({ quote, number, path: `src/module${file}.ts` }),
  );
};

/** P0, so that the caps of the policy hold none back. */
const report = ({ quote, path, number }: Step): Call =>
  call("report_finding", {
    title: `Subtract the right offset in step ${number} of ${path}`,
    body: `Step ${number} of ${path} subtracts its own index, so its part of the sum is too small.`,
    severity: "P0",
    category: "correctness",
    confidence: 0.9,
    path,
    at: "head",
    quote,
    start_line: null,
    end_line: null,
    trigger: `sum(1) in ${path} -> step ${number} is too small -> the sum of all steps`,
    evidence: [],
    replacement: null,
    rule: null,
    premises: [],
  });

const judge = (request: ModelRequest): Call => {
  const [step] = stepsIn(request);
  const quotes = step === undefined ? [] : [{ path: step.path, quote: step.quote, at: "head" }];
  return call("judge", { verdict: "confirmed", reason: "the line says so", quotes });
};
