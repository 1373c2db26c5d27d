import { once } from "node:events";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { z } from "zod";
import { OperationalError } from "../review/errors.ts";

export interface ThreadOptions<Input, Output> {
  /** The analyzer's name, for messages. */
  readonly name: string;
  /** The script beside this file, without extension. */
  readonly script: string;
  readonly output: z.ZodType<Output>;
  readonly lengthOf: (input: Input) => number;
  /** Whether the thread cannot go on after an answer. */
  readonly isSpent: (output: Output) => boolean;
}

/** Asks the thread. Throws OperationalError when it fails or takes too long. */
export type AskThread<Input, Output> = (input: Input, signal: AbortSignal) => Promise<Output>;

const deadlineMs = 30_000;
/** Some memory never comes back, WebAssembly's for one, so a thread that has read this much (UTF-16 units) is ended. */
const readByOneThread = 16 * 1024 * 1024;

/**
 * An analyzer in a thread of its own, so that it holds up nothing and can be stopped. The thread starts with the first
 * question, which takes up to half a second, and answers later ones at once, one at a time.
 */
export function createAnalyzerThread<Input, Output>(options: ThreadOptions<Input, Output>): AskThread<Input, Output> {
  let thread: { readonly worker: Worker; read: number } | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const ask = async (input: Input, signal: AbortSignal): Promise<Output> => {
    signal.throwIfAborted();
    const current = (thread ??= { worker: startWorker(options.script), read: 0 });
    current.read += options.lengthOf(input);
    let spent = true;
    try {
      const output = await exchange(current.worker, { input, options }, signal);
      spent = current.read > readByOneThread || options.isSpent(output);
      return output;
    } finally {
      if (spent) {
        thread = null;
        await current.worker.terminate();
      }
    }
  };

  return (input, signal) => {
    const output = last.then(async () => ask(input, signal));
    last = output.catch(() => null);
    return output;
  };
}

function startWorker(script: string): Worker {
  const file = new URL(`${script}${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(file, { env: {}, execArgv: [] });
  worker.unref();
  return worker;
}

async function exchange<Input, Output>(
  worker: Worker,
  { input, options }: { readonly input: Input; readonly options: ThreadOptions<Input, Output> },
  signal: AbortSignal,
): Promise<Output> {
  const deadline = AbortSignal.timeout(deadlineMs);
  worker.ref();
  try {
    const answer = once(worker, "message", { signal: AbortSignal.any([signal, deadline]) });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(input);
    const [message] = await answer;
    return options.output.parse(message);
  } catch (error) {
    signal.throwIfAborted();
    throw new OperationalError(`${options.name} did not finish`, { cause: error, retryable: false });
  } finally {
    worker.unref();
  }
}
