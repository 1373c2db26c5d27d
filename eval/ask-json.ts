import { z } from "zod";
import { addUsage } from "../src/core/budget.ts";
import type { Usage } from "../src/core/run.ts";
import type { Model, ModelItem, ModelRequest } from "../src/review/model-ports.ts";
import { EvalError } from "./eval-error.ts";

export interface Question<T> {
  readonly at: Pick<ModelRequest["at"], "stage" | "conversation">;
  /** Digest of the text that asks. */
  readonly promptVersion: string;
  readonly model: string;
  readonly instructions: string;
  readonly input: string;
  readonly name: string;
  readonly schema: z.ZodType<T>;
}

const maxOutputTokens = 16_000;

/**
 * One question, answered as JSON by a strict schema; an answer that does not fit is asked for once more. Throws an
 * EvalError where the second does not fit either.
 */
export const askJson = async <T>(
  model: Model,
  question: Question<T>,
  signal: AbortSignal,
): Promise<{ readonly value: T; readonly usage: Usage }> => {
  const { schema, at } = question;
  const input: ModelItem[] = [{ type: "user", text: question.input }];
  const first = await model.turn(requestOf(question, input, 0), signal);
  const parsed = schema.safeParse(parseJson(first.text));
  if (parsed.success) return { value: parsed.data, usage: first.usage };
  const fault = `The answer does not fit: ${z.prettifyError(parsed.error)}`;
  const again = [...input, ...first.items, { type: "user", text: `${fault}\nAnswer anew.` } as const];
  const second = await model.turn(requestOf(question, again, 1), signal);
  const mended = schema.safeParse(parseJson(second.text));
  const usage = addUsage(first.usage, second.usage);
  if (mended.success) return { value: mended.data, usage };
  throw new EvalError(`no answer to ${at.conversation} fits (${second.stop}): ${z.prettifyError(mended.error)}`);
};

const requestOf = (
  { at, promptVersion, model, instructions, name, schema }: Question<unknown>,
  input: readonly ModelItem[],
  turn: number,
): ModelRequest => ({
  at: { ...at, turn },
  promptVersion,
  model,
  effort: "high",
  instructions,
  input,
  tools: [],
  output: { name, schema: jsonSchemaOf(schema) },
  maxOutputTokens,
  cacheKey: `${name}-${promptVersion}`,
});

const jsonSchemaOf = (schema: z.ZodType): Readonly<Record<string, unknown>> => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema);
  return rest;
};

/** Some servers put a fence around JSON. Undefined where it is none. */
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\s*```(?:json)?\n([^]*?)\n```\s*$/, "$1"));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};
