import { kindOfMode } from "../core/diff/join-diff.ts";
import type { EntryKind } from "../core/change.ts";
import { GitError } from "./git-error.ts";
import type { ObjectReader } from "./object-reader.ts";

/** An entry of a tree that is no folder. */
export interface TreeEntry {
  readonly kind: EntryKind;
  readonly mode: string;
  readonly id: string;
}

/** Finds entries by path, one tree object after the other, so that no link on the way is ever followed. */
export interface TreeWalker {
  readonly find: (commit: string, path: string, signal: AbortSignal) => Promise<TreeEntry | null>;
}

type Tree = ReadonlyMap<string, { readonly mode: string; readonly id: string }>;

const maxTreeBytes = 32 * 1024 * 1024;
const folderMode = "040000";

export const createTreeWalker = (objects: ObjectReader): TreeWalker => {
  const trees = new Map<string, Tree>();
  const roots = new Map<string, string>();

  const rootOf = async (commit: string, signal: AbortSignal): Promise<string> => {
    const root = roots.get(commit) ?? (await readRoot(objects, commit, signal));
    roots.set(commit, root);
    return root;
  };
  const treeOf = async (id: string, signal: AbortSignal): Promise<Tree> => {
    const known = trees.get(id);
    if (known !== undefined) return known;
    const object = await readWhole(objects, { id, type: "tree" }, signal);
    const tree = parseTree(object, id.length / 2);
    trees.set(id, tree);
    return tree;
  };

  return {
    find: async (commit, path, signal) => {
      signal.throwIfAborted();
      const folders = path.split("/");
      const name = folders.pop() ?? "";
      let tree = await treeOf(await rootOf(commit, signal), signal);
      for (const folder of folders) {
        const entry = tree.get(folder);
        if (entry?.mode !== folderMode) return null;
        tree = await treeOf(entry.id, signal);
      }
      const entry = tree.get(name);
      const kind = entry === undefined || entry.mode === folderMode ? null : kindOfMode(entry.mode);
      return entry === undefined || kind === null ? null : { kind, ...entry };
    },
  };
};

/** The id of a commit's tree. */
const readRoot = async (objects: ObjectReader, commit: string, signal: AbortSignal): Promise<string> => {
  const content = await readWhole(objects, { id: commit, type: "commit" }, signal);
  const [, id] = /^tree ([0-9a-f]{40,64})\n/.exec(content.toString("latin1")) ?? [];
  if (id === undefined) throw new GitError("corrupt", `commit ${commit} names no tree`);
  return id;
};

const readWhole = async (
  objects: ObjectReader,
  { id, type }: { readonly id: string; readonly type: string },
  signal: AbortSignal,
): Promise<Buffer> => {
  const object = await objects.read(id, maxTreeBytes, signal);
  if (object === null) throw new GitError("corrupt", `${type} ${id} is missing`);
  if (object.type !== type) throw new GitError("corrupt", `${id} is a ${object.type} and no ${type}`);
  if (object.bytes > maxTreeBytes) throw new GitError("too_large", `${type} ${id} is over ${maxTreeBytes} bytes`);
  return object.content;
};

/** A tree object is a row of "<mode> <name>", NUL and the id as `idBytes` bytes. */
const parseTree = (content: Buffer, idBytes: number): Tree => {
  const tree = new Map<string, { mode: string; id: string }>();
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(0x20, at);
    const nul = content.indexOf(0, space);
    const mode = content.toString("latin1", at, space).padStart(6, "0");
    at = nul + 1 + idBytes;
    tree.set(content.toString("utf8", space + 1, nul), { mode, id: content.toString("hex", nul + 1, at) });
  }
  return tree;
};
