import type { ChangedFile } from "./change.ts";
import { countOf } from "./count-of.ts";
import { isLockFile } from "./lock-file.ts";
import { matchGlobs } from "./match-globs.ts";
import { isProse } from "./prose-path.ts";
import { isTestPath } from "./test-path.ts";

const tiers = ["none", "trivial", "small", "normal", "deep"] as const;
export type EffortTier = (typeof tiers)[number];

/** How hard a change is looked at, and why in clauses for people. `tokens` is for all conversations of the finder. */
export interface EffortPlan {
  readonly tier: EffortTier;
  readonly reasons: readonly string[];
  readonly effort: "low" | "medium" | "high";
  readonly turns: number;
  readonly tokens: number;
}

/** What a run keeps of its plan. */
export interface EffortOfRun extends Pick<EffortPlan, "tier" | "reasons"> {
  /** In how many parts the change was read. */
  readonly bundles: number;
}

/** What decides beside the files themselves. */
export interface EffortSigns {
  /** Paths whose head says that a program wrote them. */
  readonly generated: ReadonlySet<string>;
  /** Paths of which an earlier change was taken back. */
  readonly reverted: ReadonlySet<string>;
}

/**
 * Decides from the files to review (ignored ones are not among them). Size gives the tier; a risky place, a history of
 * reverts or much code without a test raise it by one together, a change of tests alone lowers it. "none" asks no model.
 */
export const planEffort = (files: readonly ChangedFile[], signs: EffortSigns): EffortPlan => {
  const readable = files.filter((file) => !isLockFile(file.path) && file.hunks.length > 0);
  if (readable.length === 0) return plan("none", ["nothing but lock files, binaries, renames or modes changed"]);
  const code = readable.filter(({ path }) => !isProse(path));
  if (code.length === 0) return plan("trivial", ["only documentation changed"]);
  const written = code.filter(({ path }) => !signs.generated.has(path));
  if (written.length === 0) return plan("trivial", ["only files that call themselves generated changed"]);
  const lines = weightOf(written);
  const tier = sizeTier(lines, written.length);
  const size = sizeReason(code, written);
  if (written.every(({ path }) => isTestPath(path))) return plan(lowered[tier], [size, "only tests changed"]);
  const raising = raisingReasons(written, { tier, lines, signs });
  return raising.length > 0 ? plan(raised[tier], [size, ...raising]) : plan(tier, [size]);
};

type SizeTier = "small" | "normal" | "deep";

const bounds = { small: { lines: 60, files: 4 }, normal: { lines: 600, files: 25 } } as const;

const sizeTier = (lines: number, files: number): SizeTier => {
  if (lines <= bounds.small.lines && files <= bounds.small.files) return "small";
  return lines <= bounds.normal.lines && files <= bounds.normal.files ? "normal" : "deep";
};

const raised: Readonly<Record<SizeTier, SizeTier>> = { small: "normal", normal: "deep", deep: "deep" };
const lowered: Readonly<Record<SizeTier, SizeTier>> = { small: "small", normal: "small", deep: "normal" };

/** Data and markup hide fewer defects a line than code; languages without a safety net hide more. */
const weights: readonly { readonly matches: (path: string) => boolean; readonly weight: number }[] = [
  { matches: matchGlobs(["**/*.{json,jsonc,yaml,yml,toml,ini,xml,svg,html,css,scss,less,csv,snap,po}"]), weight: 0.3 },
  { matches: matchGlobs(["**/*.{c,h,cc,cpp,cxx,hpp,hh,m,mm,s,asm,sql,sh,bash,zig}"]), weight: 1.5 },
];

const weightOf = (files: readonly ChangedFile[]): number =>
  files.reduce((sum, file) => sum + linesOf([file]) * weightOfPath(file.path), 0);

const weightOfPath = (path: string): number => weights.find(({ matches }) => matches(path))?.weight ?? 1;

const linesOf = (files: readonly ChangedFile[]): number =>
  files.reduce((sum, { additions, deletions }) => sum + additions + deletions, 0);

const sizeReason = (code: readonly ChangedFile[], written: readonly ChangedFile[]): string => {
  const generated = code.length - written.length;
  const beside =
    generated === 0 ? "" : `, beside ${countOf(generated, "file that says", "files that say")} to be generated`;
  return `${countOf(linesOf(written), "changed line")} of code in ${countOf(written.length, "file")}${beside}`;
};

interface Sized {
  readonly tier: SizeTier;
  readonly lines: number;
  readonly signs: EffortSigns;
}

const raisingReasons = (
  files: readonly ChangedFile[],
  { tier, lines, signs: { reverted } }: Sized,
): readonly string[] => {
  const risky = files.find(({ path }) => isRisky(path));
  const taken = files.find(({ path }) => reverted.has(path));
  const untested = tier !== "deep" && lines > bounds[tier].lines / 3 && !files.some(({ path }) => isTestPath(path));
  return [
    ...(risky === undefined ? [] : [`${risky.path} is a risky place`]),
    ...(taken === undefined ? [] : [`a change of ${taken.path} was reverted before`]),
    ...(untested ? ["no test changed with it"] : []),
  ];
};

const limits: Readonly<Record<EffortTier, Omit<EffortPlan, "tier" | "reasons">>> = {
  none: { effort: "low", turns: 0, tokens: 0 },
  // One call where all goes well; the others are for mending a report.
  trivial: { effort: "low", turns: 3, tokens: 80_000 },
  small: { effort: "medium", turns: 16, tokens: 500_000 },
  normal: { effort: "medium", turns: 28, tokens: 1_500_000 },
  deep: { effort: "high", turns: 48, tokens: 4_000_000 },
};

const plan = (tier: EffortTier, reasons: readonly string[]): EffortPlan => ({ tier, reasons, ...limits[tier] });

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
