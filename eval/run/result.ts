import { z } from "zod";
import { severities } from "../../src/core/candidate.ts";

const line = z.int().positive();

const verdictSchema = z.object({
  gate: z.string(),
  action: z.enum(["keep", "demote", "drop"]),
  reason: z.string(),
});

/** Where lines stand: 1-based and inclusive; `startLine` is null for a single line. */
const anchorSchema = z.object({
  path: z.string(),
  side: z.enum(["LEFT", "RIGHT"]),
  startLine: line.nullable(),
  line: line.nullable(),
});

const candidateSchema = anchorSchema.extend({
  id: z.string(),
  /** "agent", or the rule that claims it: "oxlint/no-self-assign". */
  origin: z.string(),
  title: z.string(),
  body: z.string(),
  severity: z.enum(severities),
  category: z.string(),
  confidence: z.number(),
  quote: z.string(),
  trigger: z.string().nullable(),
  evidence: z.array(z.object({ path: z.string(), quote: z.string(), why: z.string() })),
  replacement: z.string().nullable(),
  /** What each gate said, in their order. */
  verdicts: z.array(verdictSchema),
  standing: z.enum(["line", "summary", "dropped"]),
});

const postedSchema = anchorSchema.extend({
  line,
  body: z.string(),
  /** The candidate that it posts; null where none of this run's is. */
  candidate: z.string().nullable(),
  /** Whether GitHub takes a comment on these lines. */
  validLine: z.boolean(),
  /** Of the suggestion in the comment, tried on the head's file; `parses` null where no grammar can tell. */
  suggestion: z.object({ applies: z.boolean(), parses: z.boolean().nullable() }).nullable(),
});

const usageSchema = z.object({
  calls: z.int(),
  inputTokens: z.int(),
  cachedTokens: z.int(),
  outputTokens: z.int(),
  usd: z.number().nullable(),
});

const resultSchema = z.object({
  case: z.string(),
  headSha: z.string(),
  candidates: z.array(candidateSchema).readonly(),
  posted: z.array(postedSchema).readonly(),
  summary: z.string(),
  coverage: z.array(z.object({ path: z.string(), read: z.string(), reason: z.string().nullable() })).readonly(),
  notices: z.array(z.string()).readonly(),
  usage: usageSchema,
  /** From the push to the posted review. Null where the review was taken up again, or replayed: then it says nothing. */
  seconds: z.number().nullable(),
  verdict: z.string().nullable(),
  /** Answers of a replay that were found by their place alone, since the request was another one than recorded. */
  byPlace: z.int().default(0),
});

export type EvalAnchor = z.infer<typeof anchorSchema>;
export type EvalCandidate = z.infer<typeof candidateSchema>;
export type EvalPosted = z.infer<typeof postedSchema>;
export type EvalResult = z.infer<typeof resultSchema>;

const aboutSchema = z.object({
  kind: z.enum(["review", "baseline", "replay"]),
  created: z.string(),
  answeredBy: z.string(),
  note: z.string(),
  model: z.string(),
  verifier: z.string(),
  api: z.string(),
  promptVersion: z.string(),
  /** The folder that the cases and their labels are read from, as it was given. */
  cases: z.string(),
  /** The policy file of every case's repository; null is none, so the defaults. */
  policy: z.string().nullable(),
  /** REVIEW_MINUTES and such, as far as they were set. */
  settings: z.record(z.string(), z.string()),
});

/** What `run.json` says of a run as a whole. */
export type AboutRun = z.infer<typeof aboutSchema>;

export const readResult = (text: string): EvalResult => resultSchema.parse(JSON.parse(text));
export const readAbout = (text: string): AboutRun => aboutSchema.parse(JSON.parse(text));
