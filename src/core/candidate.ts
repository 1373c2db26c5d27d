import { z } from "zod";
import type { Side } from "./change.ts";

export const severities = ["P0", "P1", "P2", "P3"] as const;
export type Severity = (typeof severities)[number];

export const categories = [
  "correctness",
  "security",
  "data_loss",
  "concurrency",
  "performance",
  "compatibility",
  "test",
  "rule",
] as const;
export type Category = (typeof categories)[number];

/** Who claims it: the agent, or a named deterministic rule of an analyzer. */
const originSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("agent") }),
  z.strictObject({ kind: z.literal("rule"), analyzer: z.string().min(1), rule: z.string().min(1) }),
]);

const quotation = z.strictObject({
  path: z.string().min(1),
  quote: z.string().min(1),
  why: z.string().min(1),
});

/**
 * What a finder claims; unproven. The gate `shape` holds it against this schema.
 *
 * `quote` is code copied from `side` of the change; `startLine` and `line` are the finder's idea of where it stands
 * (1-based, inclusive) and only break ties between several places with the same text. `replacement` takes the place
 * of the quoted lines, whole lines without a final line end.
 */
export const candidateSchema = z.strictObject({
  id: z.string().min(1),
  origin: originSchema,
  title: z.string().trim().min(1).max(120),
  body: z.string().trim().min(1).max(4000),
  severity: z.enum(severities),
  category: z.enum(categories),
  confidence: z.number().min(0).max(1),
  path: z.string().min(1),
  side: z.enum(["LEFT", "RIGHT"]),
  startLine: z.int().positive().nullable(),
  line: z.int().positive().nullable(),
  quote: z.string().min(1).max(8000),
  trigger: z.string().max(2000).nullable(),
  evidence: z.array(quotation).max(12),
  replacement: z.string().max(8000).nullable(),
  rule: z.strictObject({ path: z.string().min(1), line: z.int().positive().nullable() }).nullable(),
  premises: z.array(z.string()).max(8),
});
export type Candidate = z.infer<typeof candidateSchema>;

/** Where a comment would stand: 1-based inclusive lines on one side; `startLine` is null for a single line. */
export interface Anchor {
  readonly path: string;
  readonly side: Side;
  readonly startLine: number | null;
  readonly line: number;
}
