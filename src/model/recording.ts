import { z } from "zod";
import { OperationalError } from "../review/errors.ts";
import type { JournalEntry } from "../review/model-ports.ts";

const headerSchema = z.strictObject({
  /** When, as an ISO 8601 date. */
  recorded: z.string(),
  /** Who or what answered. */
  answeredBy: z.string(),
  promptVersion: z.string(),
  model: z.string(),
  note: z.string(),
});
export type RecordingHeader = z.infer<typeof headerSchema>;

const itemSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("user"), text: z.string() }),
  z.strictObject({ type: z.literal("assistant"), text: z.string() }),
  z.strictObject({ type: z.literal("call"), callId: z.string(), name: z.string(), arguments: z.string() }),
  z.strictObject({ type: z.literal("result"), callId: z.string(), output: z.string() }),
  z.strictObject({ type: z.literal("opaque"), payload: z.string() }),
]);

/** A turn as it is kept: in a journal, in a recording. */
const modelTurnSchema = z.strictObject({
  items: z.array(itemSchema),
  text: z.string(),
  calls: z.array(z.strictObject({ callId: z.string(), name: z.string(), arguments: z.string() })),
  stop: z.enum(["end", "cut_off", "refused"]),
  usage: z.strictObject({
    calls: z.int(),
    inputTokens: z.int(),
    cachedTokens: z.int(),
    outputTokens: z.int(),
    usd: z.number().nullable(),
  }),
  model: z.string(),
});

const entrySchema = z.strictObject({
  stage: z.string(),
  conversation: z.string(),
  turn: z.int(),
  promptVersion: z.string(),
  digest: z.string(),
  request: z.string(),
  answer: modelTurnSchema,
});

/** A run's exchanges with a note on where they come from. */
export interface Recording {
  readonly header: RecordingHeader;
  readonly entries: readonly JournalEntry[];
}

/** JSON Lines: the header, then one exchange a line. */
export const writeRecording = ({ header, entries }: Recording): string =>
  [header, ...entries].map((line) => `${JSON.stringify(line)}\n`).join("");

/** Reads what `writeRecording` wrote; a line that does not fit is named. */
export const readRecording = (text: string): Recording => {
  const [first = "", ...rest] = text.split("\n").filter((line) => line !== "");
  return {
    header: readLine(headerSchema, first, 1),
    entries: rest.map((line, index) => readLine(entrySchema, line, index + 2)),
  };
};

const readLine = <T>(schema: z.ZodType<T>, line: string, number: number): T => {
  const parsed = z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch (error) {
        context.addIssue(String(error));
        return z.NEVER;
      }
    })
    .pipe(schema)
    .safeParse(line);
  if (parsed.success) return parsed.data;
  const message = `line ${number} of the recording does not fit: ${z.prettifyError(parsed.error)}`;
  throw new OperationalError(message, { cause: parsed.error, retryable: false });
};
