import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { extname } from "node:path";
import type { z } from "zod";
import { createInTurn } from "../core/in-turn.ts";
import { OperationalError } from "../review/errors.ts";

export interface ProcessOptions<Input, Output> {
  /** The analyzer's name, for messages. */
  readonly name: string;
  /** The script beside this file, without extension. */
  readonly script: string;
  readonly output: z.ZodType<Output>;
  readonly lengthOf: (input: Input) => number;
  /** Whether the process cannot go on after an answer. */
  readonly isSpent: (output: Output) => boolean;
}

/** Asks the process. Throws OperationalError when it fails or takes too long. */
export type AskProcess<Input, Output> = (input: Input, signal: AbortSignal) => Promise<Output>;

const deadlineMs = 30_000;
/** Some memory never comes back, WebAssembly's for one, so a process that has read this much (UTF-16 units) is ended. */
const readByOneProcess = 16 * 1024 * 1024;
/** V8's optimizing compiler takes 150 MB for ruff and makes it no faster; texts that come and go need no large heap. */
const execArgv = ["--liftoff-only", "--max-semi-space-size=8", "--max-old-space-size=384"];

/**
 * An analyzer in a process of its own, without our environment, so that it holds up nothing and can be stopped. It
 * starts with the first question, which takes up to half a second, and answers later ones at once, one at a time. It
 * ends with its parent, and a parent that waits for no answer may end.
 */
export function createAnalyzerProcess<Input extends object, Output>(
  options: ProcessOptions<Input, Output>,
): AskProcess<Input, Output> {
  let running: { readonly child: ChildProcess; read: number } | null = null;
  const inTurn = createInTurn();

  const ask = async (input: Input, signal: AbortSignal): Promise<Output> => {
    signal.throwIfAborted();
    const current = (running ??= { child: start(options.script), read: 0 });
    current.read += options.lengthOf(input);
    let spent = true;
    try {
      const output = options.output.parse(await exchange(current.child, input, signal));
      spent = current.read > readByOneProcess || options.isSpent(output);
      return output;
    } catch (error) {
      signal.throwIfAborted();
      throw new OperationalError(`${options.name} did not finish`, { cause: error, retryable: false });
    } finally {
      if (spent) {
        running = null;
        current.child.kill("SIGKILL");
      }
    }
  };

  return (input, signal) => inTurn(() => ask(input, signal));
}

function start(script: string): ChildProcess {
  const file = new URL(`${script}${extname(import.meta.url)}`, import.meta.url);
  return fork(file, { env: {}, execArgv, serialization: "advanced", stdio: ["ignore", "ignore", "ignore", "ipc"] });
}

async function exchange(child: ChildProcess, input: object, signal: AbortSignal): Promise<unknown> {
  const done = new AbortController();
  const until = { signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs), done.signal]) };
  child.ref();
  child.channel?.ref();
  try {
    const answer = once(child, "message", until);
    const end = once(child, "exit", until).then(([code]) => Promise.reject(new Error(`it ended with ${String(code)}`)));
    child.send(input);
    const [message] = await Promise.race([answer, end]);
    return message;
  } finally {
    done.abort();
    child.unref();
    child.channel?.unref();
  }
}
