import { z } from "zod";
import { languageNames } from "./languages.ts";

const outlineEntry = z.strictObject({
  kind: z.string(),
  name: z.string(),
  startLine: z.int(),
  endLine: z.int(),
  exported: z.boolean(),
  signature: z.string(),
});

const nameUse = z.strictObject({
  line: z.int(),
  role: z.enum(["definition", "call", "import", "other"]),
  startLine: z.int(),
  endLine: z.int(),
  within: z.strictObject({ kind: z.string(), name: z.string(), startLine: z.int(), endLine: z.int() }).nullable(),
});

const lines = z.array(z.int());
const text = { language: z.enum(languageNames), text: z.string() };

/** What the application asks the parser process: one question at a time. */
export const questionSchema = z.discriminatedUnion("ask", [
  z.strictObject({ ask: z.literal("outline"), ...text }),
  z.strictObject({ ask: z.literal("errors"), ...text }),
  z.strictObject({ ask: z.literal("identifiers"), ...text, name: z.string() }),
  z.strictObject({ ask: z.literal("uses"), ...text, name: z.string() }),
]);
export type Question = z.infer<typeof questionSchema>;

/** `ready` comes once after the start, then one answer to each question. */
export const answerSchema = z.discriminatedUnion("say", [
  z.strictObject({ say: z.literal("ready") }),
  z.strictObject({ say: z.literal("outline"), entries: z.array(outlineEntry) }),
  z.strictObject({ say: z.literal("lines"), lines }),
  z.strictObject({ say: z.literal("uses"), uses: z.array(nameUse) }),
  z.strictObject({ say: z.literal("failed"), message: z.string() }),
]);
export type Answer = z.infer<typeof answerSchema>;
