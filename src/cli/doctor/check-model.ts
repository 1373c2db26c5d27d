import type { Environment } from "../../config/env.ts";
import { ModelError, type ModelFailure } from "../../review/errors.ts";
import type { Model } from "../../review/model-ports.ts";
import type { Check } from "./check.ts";

const topic = "model";

const mends: Readonly<Record<ModelFailure, string>> = {
  auth: "set OPENAI_API_KEY to a key that may use the model",
  request: "check MODEL (does the server have it?), MODEL_API (responses or chat) and OPENAI_BASE_URL",
  quota: "the account behind OPENAI_API_KEY has no money left",
  unavailable: "check OPENAI_BASE_URL and that the server runs, then try again",
  replay: "a recording stands in for the model; configure a real one",
};

/** Asks the model for one word; null means that none is configured. */
export const checkModel = async (
  model: Model | null,
  environment: Pick<Environment, "MODEL" | "OPENAI_BASE_URL">,
  signal: AbortSignal,
): Promise<Check> => {
  if (model === null)
    return {
      result: "note",
      topic,
      said: "none is configured, so only the analyzers look at a change",
      mend: "set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own",
    };
  const place = environment.OPENAI_BASE_URL ?? "OpenAI";
  try {
    await model.turn(question(environment.MODEL), signal);
    return { result: "ok", topic, said: `${environment.MODEL} at ${place} answers` };
  } catch (error) {
    if (!(error instanceof ModelError) && !signal.aborted) throw error;
    const kind = error instanceof ModelError ? error.kind : "unavailable";
    const said = error instanceof ModelError ? error.message : "no answer in time";
    return { result: "failed", topic, said: `${environment.MODEL} at ${place}: ${said}`, mend: mends[kind] };
  }
};

const question = (model: string): Parameters<Model["turn"]>[0] => ({
  at: { stage: "doctor", conversation: "doctor", turn: 0 },
  promptVersion: "doctor",
  model,
  effort: null,
  instructions: "Answer with one word.",
  input: [{ type: "user", text: "Are you there?" }],
  tools: [],
  output: null,
  maxOutputTokens: 64,
  cacheKey: "doctor",
});
