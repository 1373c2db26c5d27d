import { untilAborted } from "../core/until-aborted.ts";
import type { GitDirectory } from "./git-directory.ts";
import { GitError, killedError } from "./git-error.ts";
import { hasCode, killGroup, startGit } from "./run-git.ts";

/** An object as `cat-file --batch` prints it; `content` ends where the caller's limit did. */
export interface GitObject {
  readonly id: string;
  readonly type: string;
  readonly bytes: number;
  readonly content: Buffer;
}

/** Reads objects through one long-lived `git cat-file --batch`. */
export interface ObjectReader {
  /**
   * The object with this id, or that a full ref name points to; null when there is none. Never give it a path: names
   * are one to a line. Throws `GitError` when git ends.
   */
  readonly read: (name: string, maxBytes: number, signal: AbortSignal) => Promise<GitObject | null>;
  readonly close: () => Promise<void>;
}

interface Request {
  readonly name: string;
  readonly maxBytes: number;
  readonly resolve: (object: GitObject | null) => void;
  readonly reject: (error: unknown) => void;
}

export const createObjectReader = (directory: GitDirectory): ObjectReader => {
  const child = startGit(directory, { args: ["cat-file", "--batch"] });
  const waiting: Request[] = [];
  let failure: GitError | null = null;
  let complaint = "";

  const fail = (error: GitError): void => {
    failure ??= error;
    for (const request of waiting.splice(0)) request.reject(failure);
  };
  const parser = createBatchParser({
    limit: () => waiting[0]?.maxBytes ?? 0,
    answer: (object) => waiting.shift()?.resolve(object),
  });
  child.stdout.on("data", parser.push);
  child.stderr.on("data", (chunk: Buffer) => {
    complaint = `${complaint}${chunk.toString("utf8")}`.slice(-500);
  });
  child.stdin.on("error", (error) => {
    if (!hasCode(error, "EPIPE")) fail(new GitError("failed", `git cat-file took no input: ${error.message}`, error));
  });
  const ended = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      fail(new GitError("program", `git could not be started: ${error.message}`, error));
      resolve();
    });
    child.once("close", (_, signal) => {
      fail(killedError("cat-file", signal) ?? new GitError("corrupt", `git cat-file: ${complaint.trim()}`));
      resolve();
    });
  });

  return {
    read: async (name, maxBytes, signal) => {
      signal.throwIfAborted();
      if (failure !== null) throw failure;
      const { promise, resolve, reject } = Promise.withResolvers<GitObject | null>();
      waiting.push({ name, maxBytes, resolve, reject });
      child.stdin.write(`${name}\n`);
      // The answer still comes after an abort, and is then dropped.
      return untilAborted(promise, signal);
    },
    close: async () => {
      fail(new GitError("failed", "the change is closed"));
      killGroup(child, "SIGTERM");
      await ended;
    },
  };
};

interface BatchSink {
  /** How many bytes of the object in turn are wanted. */
  readonly limit: () => number;
  readonly answer: (object: GitObject | null) => void;
}

interface OpenObject extends Omit<GitObject, "content"> {
  readonly pieces: Buffer[];
  wanted: number;
  /** Bytes still to come, the closing line feed included. */
  left: number;
}

const newline = 0x0a;

/** Reads "<id> <type> <size>", a line feed, the content and another one; or "<name> missing". */
const createBatchParser = (sink: BatchSink) => {
  let line: Buffer[] = [];
  let open: OpenObject | null = null;

  const takeHeader = (chunk: Buffer): number => {
    const end = chunk.indexOf(newline);
    line.push(end === -1 ? chunk : chunk.subarray(0, end));
    if (end === -1) return chunk.length;
    const header = Buffer.concat(line).toString("utf8");
    line = [];
    const [, id, type, size] = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(header) ?? [];
    if (id === undefined || type === undefined) sink.answer(null);
    else open = { id, type, bytes: Number(size), pieces: [], wanted: sink.limit(), left: Number(size) + 1 };
    return end + 1;
  };

  const takeContent = (object: OpenObject, chunk: Buffer): number => {
    const taken = Math.min(object.left, chunk.length);
    const content = Math.min(taken, Math.max(0, object.left - 1));
    const kept = chunk.subarray(0, Math.min(content, object.wanted));
    if (kept.length > 0) object.pieces.push(kept);
    object.wanted -= kept.length;
    object.left -= taken;
    if (object.left > 0) return taken;
    const { id, type, bytes, pieces } = object;
    open = null;
    sink.answer({ id, type, bytes, content: Buffer.concat(pieces) });
    return taken;
  };

  return {
    push: (chunk: Buffer): void => {
      for (let rest = chunk; rest.length > 0;) {
        rest = rest.subarray(open === null ? takeHeader(rest) : takeContent(open, rest));
      }
    },
  };
};
