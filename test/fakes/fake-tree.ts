import type { EntryKind } from "../../src/core/change.ts";
import type { FileContent } from "../../src/review/ports.ts";

/** A file of an in-memory tree: text, or what else git keeps under a path. */
export type FakeEntry =
  | string
  | { readonly executable: string }
  | { readonly binary: Uint8Array }
  | { readonly symlink: string }
  | { readonly submodule: string };

export type FakeTree = Readonly<Record<string, FakeEntry>>;

export const entryOf = (tree: FakeTree, path: string): FakeEntry | null =>
  Object.hasOwn(tree, path) ? (tree[path] ?? null) : null;

export const kindOfEntry = (entry: FakeEntry): EntryKind => {
  if (typeof entry === "string" || "binary" in entry) return "file";
  if ("executable" in entry) return "executable";
  return "symlink" in entry ? "symlink" : "submodule";
};

const modes: Readonly<Record<EntryKind, string>> = {
  file: "100644",
  executable: "100755",
  symlink: "120000",
  submodule: "160000",
};

export const modeOfEntry = (entry: FakeEntry): string => modes[kindOfEntry(entry)];

/** The text that git would compare; null for a binary. */
export const textOfEntry = (entry: FakeEntry): string | null => {
  if (typeof entry === "string") return entry;
  if ("executable" in entry) return entry.executable;
  if ("symlink" in entry) return entry.symlink;
  return "submodule" in entry ? `Subproject commit ${entry.submodule}\n` : null;
};

export const contentOfEntry = (entry: FakeEntry | null): FileContent => {
  if (entry === null) return { kind: "missing" };
  if (typeof entry !== "string") {
    if ("symlink" in entry) return { kind: "symlink", target: entry.symlink };
    if ("submodule" in entry) return { kind: "submodule", commit: entry.submodule };
    if ("binary" in entry) return { kind: "binary", bytes: entry.binary.length };
  }
  const text = textOfEntry(entry) ?? "";
  return { kind: "text", text, bytes: Buffer.byteLength(text), truncated: false, lossy: false };
};

export const linesOf = (text: string): readonly string[] => {
  if (text === "") return [];
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
};
