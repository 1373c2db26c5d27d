import { z } from "zod";
import { truncateText } from "../../core/truncate.ts";
import type { ToolSpec } from "../model-ports.ts";
import { toStrictSchema } from "./strict-schema.ts";

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
  spec: { name: tool.name, description: tool.description, parameters: toStrictSchema(tool.input) },
  run: async (given, signal) => {
    const parsed = parseArguments(tool.input, given);
    return "error" in parsed ? { ...note(parsed.error), malformed: true } : tool.run(parsed.input, signal);
  },
});

const mostFaults = 8;

const parseArguments = <T extends z.ZodObject>(
  input: T,
  given: string,
): { readonly input: z.output<T> } | { readonly error: string } => {
  const json = parseJson(given);
  if ("error" in json) return json;
  const parsed = input.safeParse(withNulls(input, json.value));
  return parsed.success ? { input: parsed.data } : { error: listFaults(parsed.error) };
};

/** What is wrong and where, and nothing of what was right: the model still has its own call before it. */
const listFaults = ({ issues }: z.ZodError): string => {
  const faults = issues.slice(0, mostFaults).map(({ path, message }) => `- ${path.join(".") || "all"}: ${message}`);
  const more = issues.length > mostFaults ? [`- and ${issues.length - mostFaults} more`] : [];
  return [...faults, ...more].join("\n");
};

const parseJson = (text: string): { readonly value: unknown } | { readonly error: string } => {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error: `- the arguments are not JSON: ${withoutSource(String(error))}` };
  }
};

/** JavaScript's own message repeats the text around the fault, or all of it where it is short. */
const withoutSource = (message: string): string =>
  truncateText(message.replace(/(,? ?)(\.\.\.)?"[^]*" ?(\.\.\. )?is not valid JSON/, ""), 200);

/** Servers without strict tools leave out what a strict one would set to null. */
const withNulls = (input: z.ZodObject, value: unknown): unknown => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const optional = Object.entries(input.shape).filter(([, schema]) => z.safeParse(schema, null).success);
  return { ...Object.fromEntries(optional.map(([key]) => [key, null])), ...value };
};
