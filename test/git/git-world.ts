import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import type { FakeEntry, FakeTree } from "../fakes/fake-tree.ts";
import { modeOfEntry, textOfEntry } from "../fakes/fake-tree.ts";

interface CommitOptions {
  readonly subject: string;
  readonly parents?: readonly string[];
  readonly author?: string;
  /** Seconds since 1970. */
  readonly time?: number;
}

/** A bare repository on disk that plays the server, filled without a working tree. */
export interface GitWorld {
  readonly dir: string;
  readonly url: string;
  readonly git: (args: readonly string[], input?: string | Buffer) => string;
  readonly commit: (tree: FakeTree, options: CommitOptions) => string;
  readonly setRef: (name: string, commit: string) => void;
  readonly remove: () => void;
}

/** The environment of test commands: nothing of the machine's own configuration. */
export const gitEnv = {
  PATH: process.env["PATH"],
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: devNull,
  LC_ALL: "C",
};

export const temporaryFolder = (name: string): string => mkdtempSync(join(tmpdir(), `codex-review-test-${name}-`));

export const createGitWorld = (): GitWorld => {
  const root = temporaryFolder("world");
  const dir = join(root, "server.git");
  const git = (args: readonly string[], input: string | Buffer = ""): string =>
    execFileSync("git", ["--git-dir", dir, ...args], { input, env: gitEnv, cwd: root, maxBuffer: 1e9 })
      .toString("utf8")
      .trim();
  git(["init", "--quiet", "--bare", "--initial-branch=main", dir]);
  return {
    dir,
    url: `file://${dir}`,
    git,
    commit: (tree, options) => {
      git(["fast-import", "--quiet", "--force"], importStream(tree, options));
      return git(["rev-parse", scratchRef]);
    },
    setRef: (name, commit) => {
      git(["update-ref", name, commit]);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
};

const scratchRef = "refs/scratch/last";

const importStream = (
  tree: FakeTree,
  { subject, parents = [], author = "Some Body", time = 1_767_225_600 }: CommitOptions,
) => {
  const who = `${author} <body@example.com> ${time} +0000`;
  const [first, ...others] = parents;
  const head = [
    `commit ${scratchRef}`,
    `author ${who}`,
    `committer ${who}`,
    `data ${Buffer.byteLength(subject)}`,
    subject,
    first === undefined ? [] : `from ${first}`,
    others.map((parent) => `merge ${parent}`),
    "deleteall",
    "",
  ].flat(2);
  // Without a parent the import must not build on the commit before.
  const reset = `reset ${scratchRef}\n\n`;
  const files = Object.entries(tree).map(([path, entry]) => fileCommand(path, entry));
  return Buffer.concat([Buffer.from(reset), Buffer.from(head.join("\n")), ...files]);
};

const fileCommand = (path: string, entry: FakeEntry): Buffer => {
  const name = JSON.stringify(path).replaceAll(/\\u00([0-9a-f]{2})/g, (_, hex: string) => `\\${octal(hex)}`);
  if (typeof entry !== "string" && "submodule" in entry) return Buffer.from(`M 160000 ${entry.submodule} ${name}\n`);
  const bytes = typeof entry !== "string" && "binary" in entry ? entry.binary : Buffer.from(textOfEntry(entry) ?? "");
  return Buffer.concat([
    Buffer.from(`M ${modeOfEntry(entry)} inline ${name}\ndata ${bytes.length}\n`),
    bytes,
    Buffer.from("\n"),
  ]);
};

const octal = (hex: string): string => Number.parseInt(hex, 16).toString(8).padStart(3, "0");
