import { z } from "zod";
import type { PublishPlan } from "./plan.ts";
import type { RunEnding } from "./run.ts";

const anchor = z.strictObject({
  path: z.string(),
  side: z.enum(["LEFT", "RIGHT"]),
  startLine: z.number().nullable(),
  line: z.number(),
});

const review = z.strictObject({
  event: z.enum(["COMMENT", "REQUEST_CHANGES"]),
  body: z.string(),
  comments: z.array(z.strictObject({ anchor, body: z.string(), fingerprint: z.string() })),
  fallbackBody: z.string(),
});

const check = z.strictObject({
  conclusion: z.enum(["success", "neutral", "failure", "skipped"]),
  title: z.string(),
  summary: z.string(),
});

const planSchema: z.ZodType<PublishPlan> = z.strictObject({
  runId: z.string(),
  headSha: z.string(),
  check: check.nullable(),
  review: review.nullable(),
  notes: z.array(z.strictObject({ key: z.string(), commentId: z.number().nullable(), body: z.string() })),
  replies: z.array(z.strictObject({ threadId: z.string(), fingerprint: z.string(), body: z.string() })),
  reactions: z.array(
    z.strictObject({
      subjectId: z.string(),
      content: z.enum(["EYES", "THUMBS_UP", "CONFUSED"]),
      action: z.enum(["add", "remove"]),
    }),
  ),
});

const endingSchema: z.ZodType<RunEnding> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("reviewed"), mergeBase: z.string(), partial: z.boolean() }),
  z.strictObject({ kind: z.literal("skipped"), reason: z.string() }),
  z.strictObject({ kind: z.literal("failed"), reason: z.string() }),
  z.strictObject({ kind: z.literal("superseded") }),
]);

/** What is to be published and how the run ends then; stored before the first write on GitHub. */
export interface PlannedEnding {
  readonly plan: PublishPlan;
  readonly ending: RunEnding;
}

/** A stored plan: a worker that takes over a run publishes what was planned, not what it would plan now. */
export const plannedEndingSchema: z.ZodType<PlannedEnding> = z.strictObject({ plan: planSchema, ending: endingSchema });
