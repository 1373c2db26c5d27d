import type { JobResult, JobWithMetadata, PgBoss } from "pg-boss";
import { OperationalError } from "../review/errors.ts";
import type { Job, JobContext } from "../review/store-ports.ts";
import { jobSchema } from "./job.ts";

type Handle = (job: Job, context: JobContext) => Promise<void>;

/** How long an aborted handler may take to unwind before its job is handed back over its head. */
const unwindMs = 5_000;

/** One execution of a job. The attempt's number fences it: what belongs to an older attempt changes nothing. */
interface Execution {
  readonly queue: string;
  readonly boss: JobWithMetadata;
  readonly stop: AbortController;
}

interface WorkerState {
  readonly boss: PgBoss;
  readonly onError: (error: unknown) => void;
  readonly running: Map<Execution, Promise<unknown>>;
  readonly queues: Set<string>;
  stopping: boolean;
}

/** Takes up to `batchSize` jobs at once, runs them side by side, and takes the next when all of them have ended. */
interface Place {
  readonly queue: string;
  readonly batchSize: number;
}

export interface Worker {
  readonly open: (place: Place, handle: Handle) => Promise<void>;
  /** As `Queue.stop`. */
  readonly stop: (graceMs: number) => Promise<void>;
}

/** Runs jobs in places, settles them by what their handlers did, and hands them back when it stops. */
export const createWorker = (boss: PgBoss, onError: (error: unknown) => void): Worker => {
  const state: WorkerState = { boss, onError, running: new Map(), queues: new Set(), stopping: false };
  return {
    open: (place, handle) => openPlace(state, place, handle),
    stop: (graceMs) => stopWorker(state, graceMs),
  };
};

const openPlace = async (state: WorkerState, place: Place, handle: Handle): Promise<void> => {
  const { queue, batchSize } = place;
  state.queues.add(queue);
  const polling = { batchSize, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 };
  const options = { ...polling, perJobResults: true, includeMetadata: true } as const;
  const id = await state.boss.work<object, unknown, typeof options>(queue, options, async (jobs) => {
    const results = await Promise.all(
      jobs.map((job) => track(state, { queue, boss: job, stop: new AbortController() }, handle)),
    );
    // A place that found jobs looks for the next ones at once; by itself it would wait for the next poll.
    state.boss.notifyWorker(id);
    return results;
  });
};

const track = (state: WorkerState, execution: Execution, handle: Handle): Promise<JobResult> => {
  const done = run(state, execution, handle).finally(() => state.running.delete(execution));
  state.running.set(execution, done);
  return done;
};

const run = async (state: WorkerState, execution: Execution, handle: Handle): Promise<JobResult> => {
  try {
    if (state.stopping) throw new Error("the worker stops");
    await handle(jobSchema.parse(execution.boss.data), contextOf(execution));
    return { id: execution.boss.id, status: "completed" };
  } catch (error) {
    return settleFailure(state, execution, error);
  }
};

const settleFailure = async (state: WorkerState, execution: Execution, error: unknown): Promise<JobResult> => {
  const { id } = execution.boss;
  const output = { message: describe(error) };
  if (state.stopping) {
    await putBack(state.boss, execution, { output, afterSeconds: 0, free: true });
  } else if (isLast(execution)) {
    state.onError(new Error(`job ${id} of ${execution.queue} was given up`, { cause: error }));
    return { id, status: "deadletter", output };
  } else if (error instanceof OperationalError && error.retryAfterMs !== null) {
    const afterSeconds = Math.ceil(error.retryAfterMs / 1000);
    await putBack(state.boss, execution, { output, afterSeconds, free: false });
  }
  // Failing it once more changes nothing where it was put back: that attempt is over.
  return { id, status: "failed", output };
};

const stopWorker = async (state: WorkerState, graceMs: number): Promise<void> => {
  state.stopping = true;
  for (const queue of state.queues) await state.boss.offWork(queue, { wait: false });
  await settledWithin(state.running, graceMs);
  for (const execution of state.running.keys()) execution.stop.abort(new Error("the worker stops"));
  await settledWithin(state.running, unwindMs);
  const output = { message: "the worker stopped over its head" };
  for (const execution of state.running.keys()) {
    await putBack(state.boss, execution, { output, afterSeconds: 0, free: true });
  }
  await state.boss.stop({ graceful: true, timeout: 1_000 });
};

const isLast = ({ boss }: Execution): boolean => boss.retryCount >= boss.retryLimit - 1;

const contextOf = (execution: Execution): JobContext => ({
  jobId: execution.boss.id,
  attempt: execution.boss.retryCount,
  lastAttempt: isLast(execution),
  signal: AbortSignal.any([execution.boss.signal, execution.stop.signal]),
});

/** The queue keeps it in a JSON column, which takes no NUL character; the cause may be anything, so it is left out. */
const describe = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll("\0", "\u{FFFD}");

/** Ends this attempt and says when the next one starts; a `free` one takes none of the job's tries. */
const putBack = async (
  boss: PgBoss,
  { queue, boss: job }: Execution,
  how: { readonly output: { readonly message: string }; readonly afterSeconds: number; readonly free: boolean },
): Promise<void> => {
  await boss.fail(queue, { id: job.id, retryCount: job.retryCount }, how.output);
  await boss.update(queue, undefined, {
    id: job.id,
    startAfter: how.afterSeconds,
    ...(how.free ? { retryLimit: job.retryLimit + 1 } : {}),
  });
};

const settledWithin = async (running: ReadonlyMap<unknown, Promise<unknown>>, ms: number): Promise<void> => {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([Promise.allSettled(running.values()), over]);
  clearTimeout(timer);
};
