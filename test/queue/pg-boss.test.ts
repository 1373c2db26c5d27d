import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { OperationalError } from "../../src/review/errors.ts";
import type { Queue } from "../../src/review/store-ports.ts";
import { createQueue } from "../../src/queue/pg-boss.ts";
import type { Database } from "../../src/store/database.ts";
import { delivery, queueContract, review, send } from "../contract/queue.ts";
import { createFakeQueue } from "../fakes/fake-queue.ts";
import { createFakeStore } from "../fakes/fake-store.ts";
import { storesUnderTest } from "../setup/stores.ts";

describe("in memory", () => {
  queueContract(async () => ({
    queue: createFakeQueue({ attempts: 3 }),
    transaction: createFakeStore().deliveries.transaction,
  }));
});

describe.each(storesUnderTest())("on $name", (store) => {
  let database: Database;
  let close: () => Promise<void>;
  let queues: Queue[] = [];
  const errors: unknown[] = [];

  beforeAll(async () => {
    ({ database, close } = await store.open());
  });
  beforeEach(async () => {
    await database.connection.executeSql("delete from pgboss.job");
    errors.length = 0;
  });
  afterEach(async () => {
    await Promise.all(queues.map((queue) => queue.stop(0)));
    queues = [];
  });
  afterAll(() => close());

  const onError = (error: unknown): void => void errors.push(error);
  const openQueue = async (role: "web" | "all" = "all"): Promise<Queue> => {
    const retry = { limit: 2, delaySeconds: 0, maxDelaySeconds: 0 };
    const queue = await createQueue({ engine: database.engine, role, concurrency: 2, retry, onError });
    queues.push(queue);
    return queue;
  };

  queueContract(async () => ({ queue: await openQueue(), transaction: database.transaction }));

  it("hands a job back when it stops: the next worker gets it at once, with all its tries", async () => {
    const first = await openQueue();
    const started = Promise.withResolvers<string>();
    await first.work(async (_, { signal, jobId }) => {
      started.resolve(jobId);
      await new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    });
    await send({ queue: first, transaction: database.transaction }, review(7));
    const jobId = await started.promise;
    await first.stop(0);
    const second = await openQueue();
    const again = Promise.withResolvers<{ readonly jobId: string; readonly lastAttempt: boolean }>();
    const before = performance.now();
    await second.work(async (_, context) => again.resolve(context));
    expect(await again.promise).toMatchObject({ jobId, lastAttempt: false });
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it("waits as long as the failure says before it tries again", async () => {
    const queue = await openQueue();
    const starts: number[] = [];
    const second = Promise.withResolvers<void>();
    await queue.work(async () => {
      starts.push(performance.now());
      if (starts.length === 2) return second.resolve();
      throw new OperationalError("busy", { retryable: true, retryAfterMs: 1_500 });
    });
    await send({ queue, transaction: database.transaction }, review(7));
    await second.promise;
    expect((starts[1] ?? 0) - (starts[0] ?? 0)).toBeGreaterThan(1_400);
  });

  it("reports a job that it gave up, with its last error", async () => {
    const queue = await openQueue();
    const given = Promise.withResolvers<void>();
    const failure = new Error("does not work");
    await queue.work(async (job, { lastAttempt }) => {
      if (job.kind === "delivery") return given.resolve();
      if (lastAttempt) await send({ queue, transaction: database.transaction }, delivery("after"));
      throw failure;
    });
    await send({ queue, transaction: database.transaction }, review(7));
    await given.promise;
    await queue.stop(5_000);
    expect(errors).toEqual([expect.objectContaining({ cause: failure })]);
  });

  it("sends from a process that takes no jobs to one that does", async () => {
    const web = await openQueue("web");
    const worker = await openQueue();
    const seen = Promise.withResolvers<unknown>();
    await worker.work(async (job) => seen.resolve(job));
    await send({ queue: web, transaction: database.transaction }, delivery("guid-1"));
    expect(await seen.promise).toEqual(delivery("guid-1"));
  });

  it("works a backlog off without waiting between jobs", async () => {
    const queue = await openQueue();
    for (let n = 0; n < 40; n += 1) await send({ queue, transaction: database.transaction }, delivery(`guid-${n}`));
    const left = new Set(Array.from({ length: 40 }, (_, n) => `guid-${n}`));
    const empty = Promise.withResolvers<void>();
    const before = performance.now();
    await queue.work(async (job) => {
      if (job.kind === "delivery") left.delete(job.guid);
      if (left.size === 0) empty.resolve();
    });
    await empty.promise;
    // Ten rounds of four places: one poll a second for each would take nine seconds.
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});
