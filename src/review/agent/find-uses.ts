import { countOf } from "../../core/count-of.ts";
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
  /** Files beyond the most that one look-up parses, and whether the search itself was cut. */
  readonly leftOut: number;
  readonly truncated: boolean;
}

export interface UsesQuery {
  readonly at: TreeSide;
  readonly name: string;
  readonly globs: readonly string[];
  /** Files with a line that this holds for are parsed first. */
  readonly first: (text: string) => boolean;
}

const maxMatches = 2000;
const parsedFiles = 60;

/** Looks a name up in every file, by grammar where there is one. Null where the name cannot be searched for. */
export const findUses = async (deps: ToolDeps, query: UsesQuery, signal: AbortSignal): Promise<Uses | null> => {
  const { at, name, globs } = query;
  const search = { at, pattern: wholeWord(name), fixed: false, ignoreCase: false, globs, contextLines: 0, maxMatches };
  const found = await deps.trees.grep(search, signal);
  if ("invalid" in found) return null;
  const byPath = [...Map.groupBy(found.matches, ({ path }) => path)];
  const ordered = byPath.toSorted(([, a], [, b]) => rankOf(a, query) - rankOf(b, query));
  const files: UsedIn[] = [];
  const unparsed: GrepMatch[] = [];
  for (const [path, matches] of ordered.slice(0, parsedFiles)) {
    const used = await usesIn(deps, { at, path, name }, signal);
    if (used === null) unparsed.push(...matches);
    else files.push(used);
  }
  return { files, unparsed, leftOut: Math.max(0, ordered.length - parsedFiles), truncated: found.truncated };
};

const rankOf = (matches: readonly GrepMatch[], { first }: UsesQuery): number =>
  matches.some(({ text }) => first(text)) ? 0 : 1;

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
export const sayLeftOut = ({ leftOut, truncated }: Uses): string => {
  const files = leftOut > 0 ? ` Not looked at: ${countOf(leftOut, "more file")} with the name; narrow the globs.` : "";
  return truncated ? `${files} The name stands in more lines than one search reads: narrow the globs.` : files;
};
