import type { ChangeTrees, TreeSide } from "../ports.ts";

/** A file's text, or in words why there is none to read. */
export type ReadText = { readonly text: string; readonly truncated: boolean } | { readonly none: string };

/** Reads a file of one tree. Symlinks and submodules are described, never followed. */
export const readText = async (
  trees: ChangeTrees,
  { at, path }: { readonly at: TreeSide; readonly path: string },
  signal: AbortSignal,
): Promise<ReadText> => {
  const content = await trees.read(at, path, signal);
  if (content.kind === "text") return { text: content.text, truncated: content.truncated };
  if (content.kind === "missing") return { none: await explainMissing(trees, { at, path }, signal) };
  if (content.kind === "binary") return { none: `This file is binary (${content.bytes} bytes).` };
  if (content.kind === "symlink") return { none: "This is a symbolic link; links are not followed." };
  return { none: `This is a submodule at commit ${content.commit}; its files are not here.` };
};

const suggestions = 5;

const explainMissing = async (
  trees: ChangeTrees,
  { at, path }: { readonly at: TreeSide; readonly path: string },
  signal: AbortSignal,
): Promise<string> => {
  const other: TreeSide = at === "head" ? "base" : "head";
  if ((await trees.kindOf(other, path, signal)) !== null)
    return `There is no such file at the ${at}; it stands at the ${other}.`;
  const name = path.slice(path.lastIndexOf("/") + 1).replaceAll(/[*?[\]{}!()\\]/g, "?");
  const { paths } = await trees.list({ at, globs: [`**/${name}`], max: suggestions }, signal);
  const similar = paths.map((found) => JSON.stringify(found)).join(", ");
  return `There is no such file at the ${at}.${paths.length === 0 ? "" : ` Files of this name: ${similar}.`}`;
};
