import { countOf } from "../../core/count-of.ts";
import { isTestPath } from "../../core/test-path.ts";
import type { ChangeTrees, GrepMatch, NameUse, TreeSide } from "../ports.ts";
import { readText } from "./read-text.ts";
import type { ToolDeps } from "./tool-deps.ts";
import { wholeWord } from "./whole-word.ts";

/** A file in which a name stands as code. */
export interface UsedIn {
  readonly path: string;
  readonly text: string;
  readonly uses: readonly NameUse[];
}

export interface Uses {
  readonly files: readonly UsedIn[];
  /** Lines that hold the name in files of which no grammar tells more, or whose parser gave up. */
  readonly unparsed: readonly GrepMatch[];
  /** Files beyond the most that one look-up parses, how many of them are likely ones, and whether the search was cut. */
  readonly leftOut: number;
  readonly likelyLeftOut: number;
  readonly truncated: boolean;
}

export interface UsesQuery {
  readonly at: TreeSide;
  readonly name: string;
  readonly globs: readonly string[];
  /** Whether a line looks like what is sought; files with such a line are parsed first. */
  readonly isLikely: (text: string) => boolean;
}

const maxMatches = 2000;
const parsedFiles = 60;

/**
 * Looks a name up in every file, by grammar where there is one; tests come after the rest, so that they are cut first.
 * Null where the name cannot be searched for.
 */
export const findUses = async (deps: ToolDeps, query: UsesQuery, signal: AbortSignal): Promise<Uses | null> => {
  const { at, name, globs } = query;
  const search = { at, pattern: wholeWord(name), fixed: false, ignoreCase: false, globs, contextLines: 0, maxMatches };
  const found = await deps.trees.grep(search, signal);
  if ("invalid" in found) return null;
  const byPath = [...Map.groupBy(found.matches, ({ path }) => path)];
  const holds = ([, matches]: (typeof byPath)[number]): boolean => matches.some(({ text }) => query.isLikely(text));
  const rankOf = (file: (typeof byPath)[number]): number => (holds(file) ? 0 : 2) + (isTestPath(file[0]) ? 1 : 0);
  const ordered = byPath.toSorted((a, b) => rankOf(a) - rankOf(b));
  const rest = ordered.slice(parsedFiles);
  const files: UsedIn[] = [];
  const unparsed: GrepMatch[] = [];
  for (const [path, matches] of ordered.slice(0, parsedFiles)) {
    const used = await usesIn(deps, { at, path, name }, signal);
    if (used === null) unparsed.push(...matches);
    else files.push(used);
  }
  const likelyLeftOut = rest.filter(holds).length;
  return { files, unparsed, leftOut: rest.length, likelyLeftOut, truncated: found.truncated };
};

const usesIn = async (
  { trees, syntax }: { readonly trees: ChangeTrees; readonly syntax: ToolDeps["syntax"] },
  { at, path, name }: { readonly at: TreeSide; readonly path: string; readonly name: string },
  signal: AbortSignal,
): Promise<UsedIn | null> => {
  if (syntax.languageOf(path) === null) return null;
  const content = await readText(trees, { at, path }, signal);
  if ("none" in content || content.truncated) return null;
  const uses = await syntax.uses(path, content.text, name);
  return uses === null ? null : { path, text: content.text, uses };
};

/** What a look-up did not look at, for the end of its note; empty where it saw everything. */
export const sayLeftOut = ({ leftOut, likelyLeftOut, truncated }: Uses): string => {
  const likely = likelyLeftOut === 0 ? "none of them likely" : `${likelyLeftOut} of them likely; narrow the globs`;
  const files = leftOut > 0 ? ` Not looked at: ${countOf(leftOut, "more file")} with the name, ${likely}.` : "";
  return truncated ? `${files} The name stands in more lines than one search reads: narrow the globs.` : files;
};
