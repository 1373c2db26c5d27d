import { bundleFiles } from "../../core/bundles.ts";
import type { ChangedFile } from "../../core/change.ts";
import type { EffortTier } from "../../core/effort.ts";
import { linkFiles } from "../../core/file-links.ts";
import type { ChangeTrees } from "../ports.ts";

/** About 10,000 tokens of diff: what one reader goes through hunk by hunk. */
const bounds = { size: 40_000, most: 8 } as const;
const longestLine = 500;
/** What stands before a line of a shown diff. */
const lineHead = 8;

const importPattern =
  "^[ \t]*(import|from|export|require|require_relative|use|using|include|#[ \t]*include)[ \t(\"'<{*]|require\\(";
const mostMatches = 20_000;
const timeoutMs = 2000;

/** Splits a deep change that is too long for one reader into bundles of files that belong together. */
export const planBundles = async (
  trees: ChangeTrees,
  { files, tier }: { readonly files: readonly ChangedFile[]; readonly tier: EffortTier },
  signal: AbortSignal,
): Promise<readonly (readonly ChangedFile[])[]> => {
  const sized = files.map((file) => ({ path: file.path, size: sizeOf(file) }));
  const total = sized.reduce((sum, { size }) => sum + size, 0);
  if (tier !== "deep" || total <= bounds.size) return [files];
  const paths = files.filter(({ status }) => status !== "deleted").map(({ path }) => path);
  const find = { pattern: importPattern };
  const { matches } = await trees.scan({ at: "head", find, paths, maxMatches: mostMatches, timeoutMs }, signal);
  const byPath = new Map(files.map((file) => [file.path, file]));
  return bundleFiles(sized, linkFiles(files, matches), bounds).map((bundle) =>
    bundle.flatMap((path) => byPath.get(path) ?? []),
  );
};

const sizeOf = ({ hunks }: ChangedFile): number =>
  hunks.flatMap(({ lines }) => lines).reduce((sum, { text }) => sum + Math.min(text.length, longestLine) + lineHead, 1);
