import { z } from "zod";
import { sha256Hex } from "../../src/core/sha256-hex.ts";

/** What a finding is worth, on its own: see eval/rubric.md. */
export const worths = ["bug", "minor", "false", "out_of_scope"] as const;

const judgementSchema = z.object({
  case: z.string(),
  /** So that a person who reads the file knows what it is about; it counts for nothing. */
  title: z.string(),
  worth: z.enum(worths),
  reason: z.string(),
  /** The case's known defects that it describes, by their ids; those of its file were asked about. */
  same: z.array(z.string()),
  /** The judge model's name, or "hand". */
  by: z.string(),
  /** Digest of the rubric that was judged by; empty for a judgement by hand. */
  rubric: z.string(),
  date: z.string(),
});
export type Judgement = z.infer<typeof judgementSchema>;

/** Judgements by the finding's key. */
export type Judgements = Readonly<Record<string, Judgement>>;

const judgementsSchema = z.record(z.string(), judgementSchema);

export const readJudgements = (text: string): Judgements => judgementsSchema.parse(JSON.parse(text));

/** What identifies a finding: its place and its words, whoever made it and whatever the gates said. */
export interface JudgedText {
  readonly path: string;
  readonly startLine: number | null;
  readonly line: number | null;
  readonly title: string;
  readonly body: string;
}

/** The same finding has the same key in every run, so that nobody judges it twice. */
export const judgementKey = (caseId: string, finding: JudgedText): string => {
  const { path, startLine, line, title, body } = finding;
  const words = `${title}\n${body}`.replaceAll(/\s+/g, " ").trim();
  return sha256Hex(JSON.stringify([caseId, path, startLine ?? line, line, words])).slice(0, 16);
};
