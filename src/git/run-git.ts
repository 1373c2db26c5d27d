import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { spawn } from "node:child_process";
import type { Environment, GitDirectory, NetworkAccess } from "./git-directory.ts";
import { gitEnvironment } from "./git-directory.ts";
import { GitError, killedError, toGitError } from "./git-error.ts";

export interface GitCommand {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly input?: string;
  readonly network?: NetworkAccess;
  readonly variables?: Environment;
  /** Exit codes beside 0 that are answers and no failures. */
  readonly answers?: readonly number[];
  /** Takes output as it comes; false stops the command, which then counts as done. Without it, output is collected. */
  readonly onChunk?: (chunk: Buffer) => boolean;
  /** Collected output over this many bytes is a failure. */
  readonly maxBytes?: number;
  /** After this time the command is stopped. */
  readonly timeoutMs?: number;
}

export interface GitResult {
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly exitCode: number;
  /** Why the command was stopped before its end. */
  readonly stopped: "by_reader" | "timeout" | null;
}

const stderrLimit = 16 * 1024;
const defaultMaxBytes = 64 * 1024 * 1024;

/**
 * Runs git to its end. An abort, a time-out or a reader that has enough ends the whole process group, and the promise
 * settles only when that is gone. Throws `GitError`, or the signal's reason.
 */
export const runGit = async (directory: GitDirectory, command: GitCommand, signal: AbortSignal): Promise<GitResult> => {
  signal.throwIfAborted();
  const timeout = command.timeoutMs === undefined ? null : AbortSignal.timeout(command.timeoutMs);
  const output = createOutput(command);
  const child = startGit(directory, command);
  const stop = stopper(child, timeout === null ? signal : AbortSignal.any([signal, timeout]));
  child.stdout.on("data", (chunk: Buffer) => {
    if (!output.take(chunk)) stop();
  });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    if (stderr.length < stderrLimit) stderr += chunk.toString("utf8");
  });
  const { exitCode, killedBy } = await ended(child, command.input ?? "");
  signal.throwIfAborted();
  if (output.tooLarge()) throw new GitError("too_large", `git ${nameOf(command)} printed more than it may`);
  const stopped = output.enough() ? "by_reader" : timeout?.aborted === true ? "timeout" : null;
  if (stopped === null && exitCode !== 0 && command.answers?.includes(exitCode) !== true)
    throw killedError(nameOf(command), killedBy) ?? toGitError(nameOf(command), redact(stderr, command.network));
  return { stdout: output.collected(), stderr, exitCode, stopped };
};

/** Starts git in a process group of its own, as its helpers have to end with it. */
export const startGit = (directory: GitDirectory, command: GitCommand): ChildProcessWithoutNullStreams =>
  spawn("git", [...command.args], {
    cwd: command.cwd ?? directory.path,
    env: gitEnvironment(directory, command.network ?? null, command.variables),
    stdio: "pipe",
    detached: true,
  });

const nameOf = (command: GitCommand): string => command.args[0] ?? "";

const createOutput = ({ onChunk, maxBytes = defaultMaxBytes }: GitCommand) => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let enough = false;
  const take = (chunk: Buffer): boolean => {
    if (enough) return false;
    if (onChunk === undefined) {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      return bytes <= maxBytes;
    }
    enough = !onChunk(chunk);
    return !enough;
  };
  return {
    take,
    enough: () => enough,
    tooLarge: () => bytes > maxBytes,
    collected: () => Buffer.concat(chunks),
  };
};

/** A child that does not heed SIGTERM within this time is killed. */
const graceMs = 2000;

/** Ends the child's process group on abort, or when called for the first time. */
const stopper = (child: ChildProcessWithoutNullStreams, signal: AbortSignal): (() => void) => {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    killGroup(child, "SIGTERM");
    const timer = setTimeout(() => killGroup(child, "SIGKILL"), graceMs);
    child.once("close", () => clearTimeout(timer));
  };
  signal.addEventListener("abort", stop, { once: true });
  child.once("close", () => signal.removeEventListener("abort", stop));
  return stop;
};

/** A negative id names the process group. */
export const killGroup = ({ pid }: ChildProcessWithoutNullStreams, name: NodeJS.Signals): void => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch (error) {
    if (!hasCode(error, "ESRCH")) throw error;
  }
};

export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;

interface Ending {
  readonly exitCode: number;
  readonly killedBy: NodeJS.Signals | null;
}

const ended = (child: ChildProcessWithoutNullStreams, input: string): Promise<Ending> =>
  new Promise((resolve, reject) => {
    child.once("error", (error) =>
      reject(new GitError("program", `git could not be started: ${error.message}`, error)),
    );
    child.once("close", (code, killedBy) => resolve({ exitCode: code ?? -1, killedBy }));
    // A command that fails before it has read its input closes the pipe; its exit code tells.
    child.stdin.on("error", (error) => {
      if (!hasCode(error, "EPIPE")) reject(new GitError("program", `git took no input: ${error.message}`, error));
    });
    child.stdin.end(input);
  });

/** Servers may answer a failure with words of their own, which git prints: even an echo of the token must not pass. */
const redact = (stderr: string, network: NetworkAccess | undefined): string =>
  (network?.settings ?? [])
    .flatMap(([, value]) => value.split(/[\s:]+/))
    .filter((word) => word.length >= 8)
    .reduce((text, word) => text.replaceAll(word, "***"), stderr);
