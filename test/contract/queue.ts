import { expect, it } from "vitest";
import type { DeliveryStore, Job, JobContext, Queue } from "../../src/review/store-ports.ts";
import { someRef } from "../fakes/pull-request.ts";

export interface OpenedQueue {
  readonly queue: Queue;
  readonly transaction: DeliveryStore["transaction"];
}

/** Opens an empty queue with two places for reviews, whose jobs get three tries at once after each other. */
export type OpenQueue = () => Promise<OpenedQueue>;

export const delivery = (guid: string): Job => ({ kind: "delivery", guid });
export const review = (number: number): Job => ({ kind: "pull_request", pullRequest: { ...someRef, number } });

export const send = ({ queue, transaction }: OpenedQueue, job: Job): Promise<void> =>
  transaction((connection) => queue.send(job, connection));

type Matches = (job: Job, context: JobContext) => boolean;

/** Works with `handle`; `until` resolves with the context of the first job that matches, also one that came before. */
const working = (
  queue: Queue,
  handle: (job: Job, context: JobContext) => Promise<void>,
): { readonly until: (matches: Matches) => Promise<JobContext>; readonly start: Promise<void> } => {
  const came: { readonly job: Job; readonly context: JobContext }[] = [];
  const waiting: { readonly matches: Matches; readonly resolve: (context: JobContext) => void }[] = [];
  const start = queue.work(async (job, context) => {
    came.push({ job, context });
    for (const { matches, resolve } of waiting) if (matches(job, context)) resolve(context);
    await handle(job, context);
  });
  const until = (matches: Matches): Promise<JobContext> => {
    const before = came.find(({ job, context }) => matches(job, context));
    if (before !== undefined) return Promise.resolve(before.context);
    return new Promise((resolve) => waiting.push({ matches, resolve }));
  };
  return { start, until };
};

const isDelivery = (guid: string) => (job: Job) => job.kind === "delivery" && job.guid === guid;
const isReview = (number: number) => (job: Job) => job.kind === "pull_request" && job.pullRequest.number === number;

/** What every Queue promises. */
export const queueContract = (open: OpenQueue): void => {
  it("runs what was sent, before and after it started to work", async () => {
    const opened = await open();
    const seen: Job[] = [];
    await send(opened, delivery("before"));
    const { start, until } = working(opened.queue, async (job) => void seen.push(job));
    const done = Promise.all([until(isDelivery("before")), until(isReview(7))]);
    await start;
    await send(opened, review(7));
    await done;
    expect(seen).toEqual(expect.arrayContaining([delivery("before"), review(7)]));
    expect(seen).toHaveLength(2);
  });

  it("sends nothing when the transaction rolls back", async () => {
    const opened = await open();
    const { queue, transaction } = opened;
    const failed = transaction(async (connection) => {
      await queue.send(delivery("lost"), connection);
      throw new RangeError("rolled back");
    });
    await expect(failed).rejects.toThrow("rolled back");
    const seen: Job[] = [];
    const { start, until } = working(queue, async (job) => void seen.push(job));
    const done = until(isDelivery("kept"));
    await start;
    await send(opened, delivery("kept"));
    await done;
    expect(seen).toEqual([delivery("kept")]);
  });

  it("tries a failing job again, says which try is the last, and gives up after it", async () => {
    const opened = await open();
    const tries: (readonly [string, number, boolean])[] = [];
    const { start, until } = working(opened.queue, async (job, { jobId, attempt, lastAttempt }) => {
      if (job.kind === "pull_request") return;
      tries.push([jobId, attempt, lastAttempt]);
      throw new Error("does not work \0");
    });
    const last = until((_, context) => context.lastAttempt);
    await start;
    await send(opened, delivery("bad"));
    const { jobId } = await last;
    const later = until(isReview(7));
    await send(opened, review(7));
    await later;
    expect(tries).toEqual([
      [jobId, 0, false],
      [jobId, 1, false],
      [jobId, 2, true],
    ]);
  });

  it("keeps a failing job out of the way of others", async () => {
    const opened = await open();
    const { start, until } = working(opened.queue, async (job) => {
      if (isReview(1)(job)) throw new Error("does not work");
    });
    const other = until(isReview(2));
    await start;
    await send(opened, review(1));
    await send(opened, review(2));
    expect((await other).attempt).toBe(0);
  });

  it("runs as many reviews at once as it has places, and deliveries beside them", async () => {
    const opened = await open();
    const both = Promise.withResolvers<void>();
    const { start, until } = working(opened.queue, (job) =>
      job.kind === "delivery" ? Promise.resolve() : both.promise,
    );
    const first = Promise.all([until(isReview(1)), until(isReview(2)), until(isDelivery("beside"))]);
    await start;
    await send(opened, review(1));
    await send(opened, review(2));
    await send(opened, delivery("beside"));
    expect(await first).toHaveLength(3);
    both.resolve();
  });

  it("lets a running job end within the grace time", async () => {
    const opened = await open();
    const work = Promise.withResolvers<void>();
    const { start, until } = working(opened.queue, () => work.promise);
    const started = until(isReview(7));
    await start;
    await send(opened, review(7));
    const { signal } = await started;
    const stopped = opened.queue.stop(20_000);
    work.resolve();
    await stopped;
    expect(signal.reason instanceof Error && signal.reason.message === "the worker stops").toBe(false);
  });

  it("aborts a running job after the grace time", async () => {
    const opened = await open();
    const reasons: unknown[] = [];
    const { start, until } = working(opened.queue, async (_, { signal }) => {
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      reasons.push(signal.reason);
      signal.throwIfAborted();
    });
    const started = until(isReview(7));
    await start;
    await send(opened, review(7));
    await started;
    await opened.queue.stop(0);
    expect(reasons).toEqual([new Error("the worker stops")]);
  });
};
