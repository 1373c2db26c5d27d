import type { ChangedFile } from "./change.ts";
import { isLockFile } from "./lock-file.ts";
import { matchGlobs } from "./match-globs.ts";

type EffortTier = "none" | "trivial" | "small" | "normal" | "deep";

/** How hard a change is looked at. `tokens` and `turns` bound the finder's one conversation. */
export interface EffortPlan {
  readonly tier: EffortTier;
  readonly reasons: readonly string[];
  readonly effort: "low" | "medium" | "high";
  readonly turns: number;
  readonly tokens: number;
}

/** Decides from the files to review (ignored ones are not among them). "none" asks no model at all. */
export const planEffort = (files: readonly ChangedFile[]): EffortPlan => {
  const readable = files.filter((file) => !isLockFile(file.path) && file.hunks.length > 0);
  if (readable.length === 0) return plan("none", ["nothing but lock files, binaries, renames or modes changed"]);
  const code = readable.filter((file) => !isProse(file.path));
  if (code.length === 0) return plan("trivial", ["only documentation changed"]);
  const lines = code.reduce((sum, file) => sum + file.additions + file.deletions, 0);
  const size = `${lines} changed lines of code in ${code.length} files`;
  const risky = code.find((file) => isRisky(file.path));
  if (risky !== undefined) return plan(raised[sizeTier(lines, code.length)], [size, `${risky.path} is a risky place`]);
  return plan(sizeTier(lines, code.length), [size]);
};

type SizeTier = "small" | "normal" | "deep";

const sizeTier = (lines: number, files: number): SizeTier => {
  if (lines <= 60 && files <= 4) return "small";
  return lines <= 600 && files <= 25 ? "normal" : "deep";
};

const raised: Readonly<Record<SizeTier, SizeTier>> = { small: "normal", normal: "deep", deep: "deep" };

const limits: Readonly<Record<EffortTier, Omit<EffortPlan, "tier" | "reasons">>> = {
  none: { effort: "low", turns: 0, tokens: 0 },
  trivial: { effort: "low", turns: 4, tokens: 80_000 },
  small: { effort: "medium", turns: 16, tokens: 500_000 },
  normal: { effort: "medium", turns: 28, tokens: 1_500_000 },
  deep: { effort: "high", turns: 48, tokens: 4_000_000 },
};

const plan = (tier: EffortTier, reasons: readonly string[]): EffortPlan => ({ tier, reasons, ...limits[tier] });

const isProse = matchGlobs(["**/*.{md,mdx,markdown,rst,adoc,txt}", "**/{LICENSE,NOTICE,AUTHORS,CODEOWNERS}"]);

const riskyWords = new Set(
  "auth authentication authorization login password session token crypto security secret permission permissions acl payment payments billing migration migrations lock locks concurrency transaction transactions".split(
    " ",
  ),
);

const isRisky = (path: string): boolean =>
  path
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => riskyWords.has(word));
