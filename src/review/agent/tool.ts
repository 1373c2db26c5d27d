import { z } from "zod";
import type { ToolSpec } from "../model-ports.ts";

/** A tool of a conversation. `run` takes the arguments as the model wrote them and answers in any case. */
export interface Tool {
  readonly spec: ToolSpec;
  readonly run: (given: string, signal: AbortSignal) => Promise<ToolAnswer>;
}

/**
 * What a tool answers. `note` is the program's own word; `data` is untrusted (code, names, history) and is fenced on
 * its way to the model. `malformed` says that the arguments did not fit.
 */
export interface ToolAnswer {
  readonly note: string;
  readonly data: string | null;
  readonly malformed?: boolean;
  /** Called when the data really went to the model: what did not fit into the turn was not read. */
  readonly onShown?: () => void;
}

export const note = (text: string): ToolAnswer => ({ note: text, data: null });

/** A tool whose arguments are parsed by `input`, from which its strict JSON Schema is made as well. */
export const defineTool = <T extends z.ZodObject>(tool: {
  readonly name: string;
  readonly description: string;
  readonly input: T;
  readonly run: (input: z.output<T>, signal: AbortSignal) => Promise<ToolAnswer>;
}): Tool => ({
  spec: { name: tool.name, description: tool.description, parameters: strictSchema(tool.input) },
  run: async (given, signal) => {
    const parsed = parseArguments(tool.input, given);
    return "error" in parsed ? { ...note(parsed.error), malformed: true } : tool.run(parsed.input, signal);
  },
});

/** Keywords that strict function tools do not take, or not in full. https://platform.openai.com/docs/guides/structured-outputs */
const unsupported = new Set(["$schema", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "pattern"]);

const strictSchema = (input: z.ZodObject): Readonly<Record<string, unknown>> =>
  z
    .record(z.string(), z.unknown())
    .parse(
      JSON.parse(JSON.stringify(z.toJSONSchema(input, { io: "input" })), (key, value: unknown) =>
        unsupported.has(key) ? undefined : value,
      ),
    );

const parseArguments = <T extends z.ZodObject>(
  input: T,
  given: string,
): { readonly input: z.output<T> } | { readonly error: string } => {
  const json = parseJson(given);
  if ("error" in json) return json;
  const parsed = input.safeParse(withNulls(input, json.value));
  return parsed.success ? { input: parsed.data } : { error: z.prettifyError(parsed.error) };
};

const parseJson = (text: string): { readonly value: unknown } | { readonly error: string } => {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error: `the arguments are not JSON: ${String(error)}` };
  }
};

/** Servers without strict tools leave out what a strict one would set to null. */
const withNulls = (input: z.ZodObject, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? { ...Object.fromEntries(Object.keys(input.shape).map((key) => [key, null])), ...value }
    : value;
