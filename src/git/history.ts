import type { BlameLine, LogEntry } from "../review/ports.ts";
import type { GitDirectory } from "./git-directory.ts";
import { GitError } from "./git-error.ts";
import { runGit } from "./run-git.ts";

export interface LogQuery {
  readonly commit: string;
  readonly path: string;
  readonly max: number;
  /** A long history may take this long; what was found until then is the answer. */
  readonly timeoutMs: number;
}

/** The newest commits that touched a path. */
export const readLog = async (
  directory: GitDirectory,
  { commit, path, max, timeoutMs }: LogQuery,
  signal: AbortSignal,
): Promise<readonly LogEntry[]> => {
  const chunks: Buffer[] = [];
  const onChunk = (chunk: Buffer): boolean => chunks.push(chunk) > 0;
  const format = "--format=%H%x00%at%x00%an%x00%s";
  const args = ["log", "-z", `--max-count=${max}`, "--no-mailmap", "--no-color", format, commit, "--", path];
  await runGit(directory, { args, onChunk, timeoutMs }, signal);
  const fields = Buffer.concat(chunks).toString("utf8").split("\0");
  return Array.from({ length: Math.floor(fields.length / 4) }, (_, index) => {
    const [sha = "", seconds = "", author = "", subject = ""] = fields.slice(index * 4, index * 4 + 4);
    return { sha, date: toDate(seconds), author, subject };
  });
};

export interface BlameQuery {
  readonly commit: string;
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly timeoutMs: number;
}

/** Who last touched each of the lines; lines beyond the end of the file are left out. */
export const readBlame = async (
  directory: GitDirectory,
  { commit, path, startLine, endLine, timeoutMs }: BlameQuery,
  signal: AbortSignal,
): Promise<readonly BlameLine[]> => {
  const args = ["blame", "--line-porcelain", "-L", `${startLine},${endLine}`, commit, "--", path];
  try {
    const { stdout, stopped } = await runGit(directory, { args, timeoutMs }, signal);
    if (stopped === "timeout") throw new GitError("timeout", `git blame took longer than ${timeoutMs} ms`);
    return parseBlame(stdout.toString("utf8"));
  } catch (error) {
    if (error instanceof GitError && /has only \d+ lines?$/.test(error.message)) return [];
    throw error;
  }
};

/** Each line comes as "<sha> <line before> <line>", headers, then a tab and its text. */
const parseBlame = (porcelain: string): readonly BlameLine[] => {
  const lines: BlameLine[] = [];
  let headers = new Map<string, string>();
  let [sha, line] = ["", 0];
  for (const row of porcelain.split("\n").slice(0, -1)) {
    const [, id, number] = /^([0-9a-f]{40,64}) \d+ (\d+)/.exec(row) ?? [];
    if (row.startsWith("\t")) {
      const date = toDate(headers.get("author-time") ?? "");
      lines.push({ line, sha, date, subject: headers.get("summary") ?? "", text: row.slice(1) });
      headers = new Map();
    } else if (id !== undefined && headers.size === 0) [sha, line] = [id, Number(number)];
    else headers.set(row.slice(0, row.indexOf(" ")), row.slice(row.indexOf(" ") + 1));
  }
  return lines;
};

export const toDate = (seconds: string): string => new Date(Number(seconds) * 1000).toISOString();
