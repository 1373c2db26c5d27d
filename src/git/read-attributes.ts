import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { onDisk } from "./git-error.ts";
import type { GitDirectory } from "./git-directory.ts";
import { runGit } from "./run-git.ts";
import type { TreeEntry, TreeWalker } from "./tree-walker.ts";

export type Attributed = ReadonlyMap<string, "generated" | "vendored">;

export interface AttributeQuery {
  readonly walker: TreeWalker;
  readonly commit: string;
  readonly paths: readonly string[];
}

/**
 * What the commit's .gitattributes call generated or vendored. git reads them from an index that holds nothing else,
 * as `check-attr --source` needs git 2.40.
 */
export const readAttributes = async (
  directory: GitDirectory,
  query: AttributeQuery,
  signal: AbortSignal,
): Promise<Attributed> => {
  const files = await attributeFiles(query, signal);
  if (files.length === 0) return new Map();
  return onDisk(() => checkAttributes(directory, { files, paths: query.paths }, signal));
};

interface AttributeFile {
  readonly path: string;
  readonly entry: TreeEntry;
}

const checkAttributes = async (
  directory: GitDirectory,
  { files, paths }: { readonly files: readonly AttributeFile[]; readonly paths: readonly string[] },
  signal: AbortSignal,
): Promise<Attributed> => {
  const folder = await mkdtemp(join(tmpdir(), "codex-review-attributes-"));
  try {
    const variables = { GIT_INDEX_FILE: join(folder, "index") };
    const input = files.map(({ path, entry }) => `${entry.mode} ${entry.id} 0\t${path}\0`).join("");
    await runGit(directory, { args: ["update-index", "-z", "--index-info"], input, variables }, signal);
    const args = ["check-attr", "--cached", "--stdin", "-z", "linguist-generated", "linguist-vendored"];
    const checked = await runGit(directory, { args, input: paths.join("\0"), variables }, signal);
    return parseAttributes(checked.stdout.toString("utf8"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const attributeFiles = async (
  { walker, commit, paths }: AttributeQuery,
  signal: AbortSignal,
): Promise<readonly AttributeFile[]> => {
  const files: AttributeFile[] = [];
  for (const folder of new Set(paths.flatMap(foldersAbove))) {
    const path = `${folder}.gitattributes`;
    const entry = await walker.find(commit, path, signal);
    if (entry?.kind === "file" || entry?.kind === "executable") files.push({ path, entry });
  }
  return files;
};

/** "", "src/", "src/db/" for "src/db/a.ts". */
const foldersAbove = (path: string): readonly string[] => {
  const names = path.split("/").slice(0, -1);
  return ["", ...names.map((_, index) => `${names.slice(0, index + 1).join("/")}/`)];
};

/** Triples of path, attribute and value, each ended by NUL. */
const parseAttributes = (checked: string): Attributed => {
  const fields = checked.split("\0");
  const found = new Map<string, "generated" | "vendored">();
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [path = "", attribute = "", value = ""] = fields.slice(at, at + 3);
    const holds = value === "set" || value === "true";
    if (holds && !found.has(path)) found.set(path, attribute === "linguist-generated" ? "generated" : "vendored");
  }
  return found;
};
