import type { PatchedFile } from "./read-patch.ts";

export interface TreeFile {
  readonly path: string;
  readonly mode: string;
  readonly text: string;
}

export interface PatchTrees {
  readonly base: readonly TreeFile[];
  readonly head: readonly TreeFile[];
}

/**
 * The two trees that a diff shows: its hunks' lines at their own line numbers, and blank lines up to there. What the
 * diff does not show is not in them.
 */
export const treesOfPatch = (files: readonly PatchedFile[]): PatchTrees => ({
  base: files.flatMap((file) => treeFile(file, "base")),
  head: files.flatMap((file) => treeFile(file, "head")),
});

type Tree = keyof PatchTrees;

const submodule = "160000";

const treeFile = (file: PatchedFile, tree: Tree): readonly TreeFile[] => {
  const path = tree === "base" ? file.oldPath : file.newPath;
  const mode = tree === "base" ? file.oldMode : file.newMode;
  if (path === null || mode === submodule) return [];
  return [{ path, mode, text: textOf(file, tree) }];
};

const textOf = (file: PatchedFile, tree: Tree): string => {
  if (file.binary) return `\0${tree}`;
  // A pure rename, or a new mode: one blank line, so that git sees the same file on both sides.
  if (file.hunks.length === 0) return file.oldPath === null || file.newPath === null ? "" : "\n";
  const lines: string[] = [];
  let end = "\n";
  for (const hunk of file.hunks) {
    const own = hunk.lines.filter(({ kind }) => kind !== (tree === "base" ? "added" : "removed"));
    const start = tree === "base" ? hunk.oldStart : hunk.newStart;
    // A hunk without lines of this side names the line before it.
    while (own.length > 0 && lines.length < start - 1) lines.push("");
    lines.push(...own.map(({ text }) => text));
    if (own.at(-1)?.noNewline === true) end = "";
  }
  return lines.length === 0 ? "" : lines.join("\n") + end;
};
