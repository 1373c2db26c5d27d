import { isUtf8 } from "node:buffer";
import type { FileContent } from "../review/ports.ts";
import { GitError } from "./git-error.ts";
import type { GitObject, ObjectReader } from "./object-reader.ts";
import type { TreeEntry } from "./tree-walker.ts";

/** Link targets are paths: the longest that Linux knows. */
const maxTargetBytes = 4096;

/** What stands under a tree entry, read up to `maxBytes`. */
export const readContent = async (
  objects: ObjectReader,
  { entry, maxBytes }: { readonly entry: TreeEntry | null; readonly maxBytes: number },
  signal: AbortSignal,
): Promise<FileContent> => {
  if (entry === null) return { kind: "missing" };
  if (entry.kind === "submodule") return { kind: "submodule", commit: entry.id };
  const object = await objects.read(entry.id, entry.kind === "symlink" ? maxTargetBytes : maxBytes, signal);
  if (object === null) throw new GitError("corrupt", `blob ${entry.id} is missing`);
  return entry.kind === "symlink" ? { kind: "symlink", target: object.content.toString("utf8") } : toContent(object);
};

/** git's own rule for a binary: a NUL in the first 8,000 bytes. */
const toContent = ({ content, bytes }: GitObject): FileContent => {
  if (content.subarray(0, 8000).includes(0)) return { kind: "binary", bytes };
  const truncated = content.length < bytes;
  const kept = truncated ? wholeLines(content) : content;
  return { kind: "text", text: kept.toString("utf8"), bytes, truncated, lossy: !isUtf8(kept) };
};

/** Up to the last line feed, so that neither a line nor a character is cut in two; all of it where there is none. */
const wholeLines = (content: Buffer): Buffer => {
  const end = content.lastIndexOf(0x0a);
  return end === -1 ? content : content.subarray(0, end + 1);
};
