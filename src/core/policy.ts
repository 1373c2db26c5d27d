import { z } from "zod";
import { severities } from "./candidate.ts";

const globs = z.array(z.string().min(1).max(500)).max(200);
const permission = z.enum(["write", "triage", "read"]);

const triggers = z.strictObject({
  opened: z.boolean().default(true).describe("Review when a pull request that is no draft is opened."),
  ready_for_review: z.boolean().default(true).describe("Review when a draft is marked ready."),
  on_push: z.enum(["off", "incremental", "full"]).default("off").describe("What a later push does."),
  drafts: z.boolean().default(false).describe("Review drafts as well."),
  branches: globs.default(["**"]).describe("Base branches that are reviewed, as globs."),
  labels: z
    .strictObject({ include: z.array(z.string()).default([]), exclude: z.array(z.string()).default(["no-review"]) })
    .prefault({}),
  authors: z.strictObject({ ignore: z.array(z.string()).default(["dependabot[bot]", "renovate[bot]"]) }).prefault({}),
});

const commands = z.strictObject({
  mention: z
    .string()
    .regex(/^@[A-Za-z0-9][A-Za-z0-9-]{0,38}$/, "a handle like @codex")
    .default("@codex")
    .describe("The handle that the reviewer answers to; case does not matter."),
  who: permission.default("write").describe("Least permission that may give commands."),
  author: z.boolean().default(true).describe("The pull request's author may ask for reviews."),
});

const review = z.strictObject({
  precision: z
    .enum(["strict", "balanced", "thorough"])
    .default("balanced")
    .describe("Moves the thresholds and the cap together."),
  min_severity: z
    .enum(severities)
    .optional()
    .describe("Least severity that stands on a line; the rest is folded. Stands over what precision sets."),
  max_comments: z
    .int()
    .min(0)
    .max(30)
    .optional()
    .describe("P1-P3 on lines; P0 comes besides, never more than 30 in all. Stands over what precision sets."),
  request_changes: z.enum(["never", "P0", "P1"]).default("never"),
  language: z
    .string()
    .regex(/^[A-Za-z-]{2,20}$/)
    .default("en"),
});

const paths = z.strictObject({
  ignore: globs.default(["**/dist/**", "**/*.min.*", "**/vendor/**"]),
  rules: z
    .array(
      z.strictObject({
        path: z.string().min(1),
        instructions: z.string().max(4000).optional(),
        min_severity: z.enum(severities).optional(),
      }),
    )
    .max(100)
    .default([]),
});

const budget = z.strictObject({
  usd_per_review: z.number().positive().default(2),
  usd_per_day: z.number().positive().default(50),
  minutes: z.number().positive().max(120).default(10),
});

/** A repository's policy, `.github/codex-review.yml`, with every default filled in. */
export const policySchema = z.strictObject({
  version: z.literal(1).default(1),
  publish: z.enum(["review", "check", "off"]).default("review"),
  triggers: triggers.prefault({}),
  commands: commands.prefault({}),
  review: review.prefault({}),
  check: z
    .strictObject({
      fail_on: z.enum(["never", ...severities]).default("never"),
      on_error: z.enum(["neutral", "failure"]).default("neutral"),
    })
    .prefault({}),
  paths: paths.prefault({}),
  guidelines: z.array(z.string().min(1)).max(20).default(["AGENTS.md"]),
  budget: budget.prefault({}),
  commits: z.enum(["off", "on_request"]).default("on_request"),
});

export type ReviewPolicy = z.infer<typeof policySchema>;

export const defaultPolicy: ReviewPolicy = policySchema.parse({});
