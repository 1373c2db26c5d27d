import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import type { EvalCase } from "./read-cases.ts";
import { readPatch } from "./read-patch.ts";
import { treesOfPatch, type PatchTrees, type TreeFile } from "./trees-of-patch.ts";

/** A case's bare repository, with the branches `base` and `head`. */
export interface OpenedRepository {
  readonly dir: string;
  readonly baseSha: string;
  readonly headSha: string;
  readonly remove: () => void;
}

/** Puts a case's repository into a temporary folder: its bundle's, or one made of its diff. */
export const openCase = ({ source }: Pick<EvalCase, "source">): OpenedRepository => {
  const root = mkdtempSync(join(tmpdir(), "codex-review-case-"));
  const dir = join(root, "repository.git");
  const remove = (): void => rmSync(root, { recursive: true, force: true });
  try {
    return { dir, ...fill(root, dir, source), remove };
  } catch (error) {
    remove();
    throw error;
  }
};

const fill = (root: string, dir: string, source: EvalCase["source"]): Pick<OpenedRepository, "baseSha" | "headSha"> => {
  if (source.kind === "bundle") {
    git(root, ["clone", "--quiet", "--bare", source.path, dir]);
    return { baseSha: source.base, headSha: source.head };
  }
  // Lone bytes that are not UTF-8 become replacement characters: a diff's text is what is shown, not what is run.
  importTrees(dir, treesOfPatch(readPatch(readFileSync(source.path, "utf8"))));
  return { baseSha: shaOf(dir, "base"), headSha: shaOf(dir, "head") };
};

/** Runs git on a case's repository, apart from this machine's own settings; answers what it prints. */
export const git = (dir: string, args: readonly string[], input?: string): string =>
  execFileSync("git", ["-C", dir, ...args], {
    ...gitOptions(),
    ...(input === undefined ? {} : { input }),
  });

/** The same of a search, which ends with 1 where it finds nothing. */
export const gitFinds = (dir: string, args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync("git", ["-C", dir, ...args], gitOptions());
  if (status !== 0 && status !== 1) throw new Error(`git ${args[0]} failed: ${stderr}`);
  return stdout;
};

const gitOptions = () => ({
  env: { PATH: process.env["PATH"], GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: devNull },
  encoding: "utf8" as const,
  stdio: "pipe" as const,
  maxBuffer: 256 * 1024 * 1024,
});

const shaOf = (dir: string, branch: string): string => git(dir, ["rev-parse", `refs/heads/${branch}`]).trim();

/** git itself refuses paths that lead out of the tree. */
const importTrees = (dir: string, { base, head }: PatchTrees): void => {
  git(tmpdir(), ["init", "--quiet", "--bare", "--initial-branch=base", dir]);
  git(dir, ["fast-import", "--quiet"], commitOf("base", base) + commitOf("head", head, "refs/heads/base"));
};

/** Fixed dates: the same diff makes the same commits, and a recording holds their SHAs. */
const signature = "Author <author@example.invalid> 1700000000 +0000";

const commitOf = (branch: string, files: readonly TreeFile[], parent?: string): string =>
  [
    `commit refs/heads/${branch}`,
    `author ${signature}`,
    `committer ${signature}`,
    data(branch),
    ...(parent === undefined ? [] : [`from ${parent}`, "deleteall"]),
    ...files.flatMap(({ path, mode, text }) => [`M ${mode} inline ${JSON.stringify(path)}`, data(text)]),
    "",
  ].join("\n");

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}`;
