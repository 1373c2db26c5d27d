import type { ChangedFile } from "../../core/change.ts";
import { countOf } from "../../core/count-of.ts";
import { matchGlobs } from "../../core/match-globs.ts";
import { nearestTests } from "../../core/nearest-tests.ts";
import { pickUses } from "../../core/pick-uses.ts";
import type { CodeLine, Surroundings } from "../../core/surroundings.ts";
import { stemOf } from "../../core/test-path.ts";
import { wantedNames, type WantedName } from "../../core/wanted-names.ts";
import type { ReviewContext } from "../gather-context.ts";
import type { ChangeTrees, Syntax } from "../ports.ts";
import type { ReviewInput } from "../review-input.ts";
import { readOutlines } from "./read-outlines.ts";

const mostMatches = 4000;
const mostStems = 16;
const mostPaths = 200_000;
const timeoutMs = 2000;

export interface Looking {
  readonly syntax: Syntax;
  readonly input: ReviewInput;
  readonly context: ReviewContext;
}

/**
 * Looks up what stands around a change: what its files define, where else their changed names are used, and which tests
 * are near. Two runs of git whatever the size of the change; what is left out for its size or for time is said.
 */
export const lookAround = async (
  { syntax, input, context }: Looking,
  signal: AbortSignal,
): Promise<Omit<Surroundings, "history">> => {
  const { trees, policy } = input;
  const files = context.review;
  const listing = trees.list({ at: "head", globs: [], max: mostPaths }, signal);
  const reading = readOutlines({ trees, syntax, analyzed: context.analyzed }, files, signal);
  const [listed, { outlines, left }] = await Promise.all([listing, reading]);
  const wanted = wantedNames(files, outlines);
  const scanned = await scanFor(trees, { names: wanted.names, files }, signal);
  const isIgnored = policy.paths.ignore.length === 0 ? () => false : matchGlobs(policy.paths.ignore);
  const lines = scanned.matches.filter(({ path }) => !isIgnored(path));
  const changed = files.map(({ path }) => path);
  return {
    outlines,
    uses: pickUses(wanted.names, { lines, changedPaths: new Set(changed) }),
    tests: nearestTests(changed, { paths: listed.paths, lines }),
    missing: [
      ...(left > 0 ? [`outlines of ${countOf(left, "more file")}`] : []),
      ...(wanted.left > 0 ? [`uses of ${countOf(wanted.left, "more name")}`] : []),
      ...(scanned.truncated ? ["uses beyond the first that the search came to"] : []),
      ...(listed.truncated ? [`tests beyond the first ${mostPaths} paths`] : []),
    ],
  };
};

/** One search for all names, and for the names of the files themselves, which tests that import them hold. */
const scanFor = async (
  trees: ChangeTrees,
  { names, files }: { readonly names: readonly WantedName[]; readonly files: readonly ChangedFile[] },
  signal: AbortSignal,
): Promise<{ readonly matches: readonly CodeLine[]; readonly truncated: boolean }> => {
  const stems = files
    .map(({ path }) => stemOf(path))
    .filter((stem) => stem.length > 3)
    .slice(0, mostStems);
  const words = [...new Set([...names.map(({ name }) => name), ...stems])];
  return trees.scan({ at: "head", find: { words }, paths: null, maxMatches: mostMatches, timeoutMs }, signal);
};
