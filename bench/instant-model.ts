import { noUsage } from "../src/core/run.ts";
import type { Model, ModelRequest, ModelTurn } from "../src/review/model-ports.ts";
import { changedLine } from "./sample-change.ts";

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
  // A large change is read in several conversations; one of them reports, so that each size has as many findings.
  const reports = request.at.turn === 0 && request.at.conversation === "main";
  if (!reports || findings === 0) return [call("finish", { verdict: "Read.", instructions_seen: [] })];
  return Array.from({ length: findings }, (_, index) => report(placeOf(request, index)));
};

const call = (name: string, given: object): Call => ({ name, arguments: JSON.stringify(given) });

interface Step {
  readonly quote: string;
  readonly path: string;
  readonly number: number;
}

const textOf = (request: ModelRequest): string =>
  request.input.map((item) => (item.type === "user" ? item.text : "")).join("\n");

/** A prompt names every file but does not show all of a big change, so the line is worked out as the sample makes it. */
const placeOf = (request: ModelRequest, index: number): Step => {
  const text = textOf(request);
  const files = [...text.matchAll(/^### src\/module(\d+)\.ts/gm)].map(([, file]) => Number(file));
  const variant = Number(/^Variant (\d+)$/m.exec(text)?.[1]);
  const file = files[index % files.length];
  if (file === undefined || Number.isNaN(variant)) throw new Error("the prompt is not of a sample change");
  const number = Math.floor(index / files.length);
  return { quote: changedLine({ file, number, variant }), path: `src/module${file}.ts`, number };
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
  const [, path, quote] = /^(src\/module\d+\.ts), line[\s\S]*?^( {2}const step.*;)$/m.exec(textOf(request)) ?? [];
  if (path === undefined || quote === undefined) throw new Error("the claim is not of a sample change");
  return call("judge", { verdict: "confirmed", reason: "the line says so", quotes: [{ path, quote, at: "head" }] });
};
