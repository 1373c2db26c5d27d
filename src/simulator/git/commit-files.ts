import type { Person } from "../state.ts";
import type { GitProgram } from "./run-git.ts";

type FileMode = "100644" | "100755" | "120000" | "160000";

/** Content of one file; for a symlink its target, for a submodule the commit's SHA. */
export type NewFile = string | Uint8Array | { readonly content: string | Uint8Array; readonly mode: FileMode };

export interface NewCommit {
  readonly branch: string;
  /** Commit to build on; null starts a history of its own. */
  readonly parent: string | null;
  readonly files: Readonly<Record<string, NewFile>>;
  readonly deleted: readonly string[];
  readonly message: string;
  readonly author: Person;
}

// fast-import's quoting: everything that could be mistaken is written as an octal escape.
const quotePath = (path: string): string =>
  `"${[...Buffer.from(path)].map((byte) => (byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c ? `\\${byte.toString(8).padStart(3, "0")}` : String.fromCharCode(byte))).join("")}"`;

const describe = (file: NewFile): { content: Buffer; mode: FileMode } => {
  if (typeof file === "string") return { content: Buffer.from(file), mode: "100644" };
  if (file instanceof Uint8Array) return { content: Buffer.from(file), mode: "100644" };
  return { content: Buffer.from(file.content), mode: file.mode };
};

const data = (content: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`data ${content.length}\n`), content, Buffer.from("\n")]);

const fileCommand = ([path, file]: [string, NewFile]): Buffer => {
  const { content, mode } = describe(file);
  if (mode === "160000") return Buffer.from(`M 160000 ${content.toString("utf8")} ${quotePath(path)}\n`);
  return Buffer.concat([Buffer.from(`M ${mode} inline ${quotePath(path)}\n`), data(content)]);
};

const signature = (person: Person): string =>
  `${person.name} <${person.email}> ${Math.floor(Date.parse(person.date) / 1000)} +0000`;

// `mark :1` and `get-mark` make fast-import print the new commit's SHA.
const script = (commit: NewCommit): Buffer =>
  Buffer.concat([
    Buffer.from(`feature done\ncommit refs/heads/${commit.branch}\nmark :1\n`),
    Buffer.from(`author ${signature(commit.author)}\ncommitter ${signature(commit.author)}\n`),
    data(Buffer.from(commit.message)),
    Buffer.from(commit.parent === null ? "deleteall\n" : `from ${commit.parent}\n`),
    ...commit.deleted.map((path) => Buffer.from(`D ${quotePath(path)}\n`)),
    ...Object.entries(commit.files).map(fileCommand),
    Buffer.from("get-mark :1\ndone\n"),
  ]);

/** Writes one commit and moves its branch there, in one git process; answers its SHA. */
export async function commitFiles(git: GitProgram, gitDir: string, commit: NewCommit): Promise<string> {
  const out = await git.run(gitDir, {
    args: ["fast-import", "--quiet", "--force", "--date-format=raw"],
    input: script(commit),
  });
  return out.toString("utf8").trim();
}
