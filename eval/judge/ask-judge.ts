import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { fenced, fenceOf } from "../../src/core/fence.ts";
import { sha256Hex } from "../../src/core/sha256-hex.ts";
import type { Model } from "../../src/review/model-ports.ts";
import { askJson } from "../ask-json.ts";
import type { OpenedRepository } from "../case/open-case.ts";
import type { KnownFinding } from "../case/read-cases.ts";
import type { EvalCandidate } from "../run/result.ts";
import { excerptsFor } from "./excerpts.ts";
import { worths, type Judgement } from "./judgement.ts";

const textOf = (name: string): string => readFileSync(join(import.meta.dirname, "..", name), "utf8");
const rubric = textOf("rubric.md");
const rubricSame = textOf("rubric-same.md");

/** Changes with every word of either text. */
export const rubricDigest = sha256Hex(rubric + rubricSame).slice(0, 12);

const worthSchema = z.strictObject({ reason: z.string(), worth: z.enum(worths) });
const sameSchema = z.strictObject({ reason: z.string(), same: z.array(z.string()) });

export interface JudgeQuestion {
  readonly key: string;
  readonly claim: EvalCandidate;
  readonly modelName: string;
}

/** What a claim is worth on its own, from the code alone: neither labels nor what the gates said can bear on it. */
export const askWorth = async (
  model: Model,
  { key, claim, modelName, opened }: JudgeQuestion & { readonly opened: OpenedRepository },
  signal: AbortSignal,
): Promise<Pick<Judgement, "worth" | "reason">> => {
  const fence = fenceOf(key);
  const { value } = await askJson(
    model,
    {
      promptVersion: rubricDigest,
      model: modelName,
      at: { stage: "worth", conversation: key },
      instructions: rubric,
      input: [
        `The comment:\n${fenced(fence, commentText(claim))}`,
        ...excerptsFor(opened, claim).map(({ title, text }) => fenced(fence, `${title}:\n${text}`)),
      ].join("\n\n"),
      name: "worth",
      schema: worthSchema,
    },
    signal,
  );
  return value;
};

/** Which of the known defects of its file a claim describes, by their ids. */
export const askSame = async (
  model: Model,
  { key, claim, modelName, known }: JudgeQuestion & { readonly known: readonly KnownFinding[] },
  signal: AbortSignal,
): Promise<readonly string[]> => {
  if (known.length === 0) return [];
  const fence = fenceOf(key);
  const { value } = await askJson(
    model,
    {
      promptVersion: rubricDigest,
      model: modelName,
      at: { stage: "same", conversation: key },
      instructions: rubricSame,
      input: `The comment:\n${fenced(fence, commentText(claim))}\n\nThe known defects:\n${fenced(fence, known.map(knownText).join("\n\n"))}`,
      name: "same",
      schema: sameSchema,
    },
    signal,
  );
  const ids = new Set(known.map(({ id }) => id));
  return value.same.filter((id) => ids.has(id));
};

/** Without severity, confidence and verdicts: they say what the reviewer thought of it. */
const commentText = ({ path, startLine, line, title, body }: EvalCandidate): string => {
  const lines = startLine === null || startLine === line ? `line ${line}` : `lines ${startLine}-${line}`;
  return `${path}, ${line === null ? "no line" : lines}\n${title}\n\n${body}`;
};

const knownText = ({ id, text, places }: KnownFinding): string => {
  const where = places.map(({ path, startLine, endLine }) => `${path}:${startLine}-${endLine}`).join(", ");
  return `${id} (${where})\n${text}`;
};
