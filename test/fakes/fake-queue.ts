import type { Job, JobContext, Queue } from "../../src/review/store-ports.ts";
import { onCommit } from "./fake-transaction.ts";

type Handle = (job: Job, context: JobContext) => Promise<void>;

interface Waiting {
  readonly jobId: string;
  readonly job: Job;
  readonly attempt: number;
}

/** A queue in memory: jobs start when `work` is called or when they are sent after it; retries come at once. */
export interface FakeQueue extends Queue {
  /** Every job that was sent, in order. */
  readonly sent: readonly Job[];
  /** Jobs whose last attempt failed, with the last error. */
  readonly dead: readonly { readonly job: Job; readonly error: unknown }[];
  /** Resolves when nothing waits and nothing runs (at once before `work`). */
  readonly idle: () => Promise<void>;
}

/** Makes a queue in memory that gives a failing job `attempts` tries. */
export const createFakeQueue = (options: { readonly attempts?: number } = {}): FakeQueue => {
  const { attempts = 5 } = options;
  const sent: Job[] = [];
  const dead: { job: Job; error: unknown }[] = [];
  const waiting: Waiting[] = [];
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  let handle: Handle | null = null;
  let taking = true;

  const run = async (next: Waiting, work: Handle): Promise<void> => {
    const lastAttempt = next.attempt + 1 >= attempts;
    const context: JobContext = { jobId: next.jobId, attempt: next.attempt, lastAttempt, signal: stopping.signal };
    try {
      await work(next.job, context);
    } catch (error) {
      if (stopping.signal.aborted) waiting.push(next);
      else if (lastAttempt) dead.push({ job: next.job, error });
      else waiting.push({ ...next, attempt: next.attempt + 1 });
    }
  };
  const startWaiting = (): void => {
    if (handle === null || !taking) return;
    for (const next of waiting.splice(0)) {
      const done: Promise<void> = run(next, handle).finally(() => {
        running.delete(done);
        startWaiting();
      });
      running.add(done);
    }
  };
  const idle = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running);
  };

  return {
    sent,
    dead,
    idle,
    send: async (job, connection) => {
      onCommit(connection, () => {
        sent.push(job);
        waiting.push({ jobId: `job-${sent.length}`, job, attempt: 0 });
        startWaiting();
      });
    },
    work: async (work) => {
      handle = work;
      startWaiting();
    },
    stop: async (graceMs) => {
      taking = false;
      const abort = setTimeout(() => stopping.abort(new Error("the worker stops")), graceMs);
      await idle();
      clearTimeout(abort);
    },
  };
};
