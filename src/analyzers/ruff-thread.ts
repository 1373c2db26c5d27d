import { once } from "node:events";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { OperationalError } from "../review/errors.ts";
import { type RuffInput, type RuffOutput, ruffOutputSchema } from "./ruff-protocol.ts";

/** What ruff says of some texts, in their order. Throws OperationalError when it fails or takes too long. */
export type CheckWithRuff = (input: RuffInput, signal: AbortSignal) => Promise<RuffOutput>;

const deadlineMs = 30_000;
/** The memory of WebAssembly grows and never shrinks, so a thread that has read this much (UTF-16 units) is ended. */
const readByOneThread = 16 * 1024 * 1024;

/** ruff in a thread that starts with the first question, which takes half a second, and serves later ones at once. */
export function createRuffThread(): CheckWithRuff {
  let thread: { readonly worker: Worker; read: number } | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const check = async (input: RuffInput, signal: AbortSignal): Promise<RuffOutput> => {
    signal.throwIfAborted();
    const current = (thread ??= { worker: startWorker(), read: 0 });
    current.read += input.files.reduce((sum, text) => sum + text.length, 0);
    const output = await exchange(current.worker, input, signal).catch(async (error: unknown) => {
      thread = null;
      await current.worker.terminate();
      throw error;
    });
    if (current.read > readByOneThread || output.includes(null)) {
      thread = null;
      await current.worker.terminate();
    }
    return output;
  };

  return (input, signal) => {
    const output = last.then(async () => check(input, signal));
    last = output.catch(() => null);
    return output;
  };
}

function startWorker(): Worker {
  const file = new URL(`ruff-worker${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(file, { env: {}, execArgv: [] });
  worker.unref();
  return worker;
}

async function exchange(worker: Worker, input: RuffInput, signal: AbortSignal): Promise<RuffOutput> {
  const deadline = AbortSignal.timeout(deadlineMs);
  worker.ref();
  try {
    const answer = once(worker, "message", { signal: AbortSignal.any([signal, deadline]) });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(input);
    const [message] = await answer;
    return ruffOutputSchema.parse(message);
  } catch (error) {
    signal.throwIfAborted();
    throw new OperationalError("ruff did not finish", { cause: error, retryable: false });
  } finally {
    worker.unref();
  }
}
