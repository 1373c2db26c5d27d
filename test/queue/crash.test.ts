import { describe, expect, it } from "vitest";
import { createQueue } from "../../src/queue/pg-boss.ts";
import type { JobContext } from "../../src/review/store-ports.ts";
import { createDeliveryStore } from "../../src/store/delivery-store.ts";
import { openDatabase } from "../../src/store/database.ts";
import { createWantedStore } from "../../src/store/wanted-store.ts";
import { delivery, review, send } from "../contract/queue.ts";
import { someRef } from "../fakes/pull-request.ts";
import { type Child, startChild } from "../setup/child-process.ts";
import { openNamed } from "../setup/open-named.ts";
import { rethrow } from "../setup/install-queue.ts";
import { type StorePlace, storesUnderTest } from "../setup/stores.ts";

const nameOf = (place: StorePlace): string => place.databaseUrl ?? place.dataDir;

/** Sends one job, has a process take it and die, and answers with what the next worker is told of it. */
const killAndWorkOn = async (
  where: string,
): Promise<{ readonly jobId: string; readonly again: JobContext; readonly seconds: number }> => {
  const before = await openNamed(where);
  const sender = await createQueue({ engine: before.engine, role: "web", concurrency: 1, onError: rethrow });
  await send({ queue: sender, transaction: before.transaction }, review(7));
  await sender.stop(0);
  await before.close();
  const child = startChild("hold-job.ts", where);
  await child.printed(1);
  await child.kill();
  const killed = performance.now();
  const after = await openNamed(where);
  const queue = await createQueue({ engine: after.engine, role: "all", concurrency: 1, onError: rethrow });
  const { promise, resolve } = Promise.withResolvers<JobContext>();
  await queue.work(async (_, context) => resolve(context));
  const again = await promise;
  const seconds = (performance.now() - killed) / 1_000;
  await queue.stop(5_000);
  await after.close();
  return { jobId: child.lines[0] ?? "", again, seconds };
};

describe.concurrent.each(storesUnderTest())("a worker on $name that is killed in the middle of a job", (store) => {
  it("loses the job to the next worker within 15 seconds", async () => {
    const place = await store.place();
    const { jobId, again, seconds } = await killAndWorkOn(nameOf(place));
    expect(again).toMatchObject({ jobId, attempt: 1 });
    expect(seconds).toBeLessThan(15);
    await place.remove();
  }, 25_000);
});

describe("a process on the embedded store that is killed while it writes", () => {
  it("keeps every delivery that it acknowledged, with its request and its job, five times over", async () => {
    const [embedded] = storesUnderTest();
    const place = await embedded?.place();
    if (place === undefined) throw new Error("the embedded store is always there");
    const acknowledged: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      const child: Child = startChild("write-deliveries.ts", place.dataDir);
      await child.printed(60 + round * 7);
      await child.kill();
      acknowledged.push(...child.lines);
    }
    const database = await openDatabase({ dataDir: place.dataDir });
    const deliveries = createDeliveryStore(database);
    for (const guid of acknowledged) expect((await deliveries.readDelivery(guid))?.guid).toBe(guid);
    const wanted = new Set((await createWantedStore(database).unanswered(someRef)).map(({ id }) => id));
    const { rows } = await database.connection.executeSql("select data from pgboss.job where name = 'deliveries'");
    const jobs = rows.map(({ data }) => data);
    expect(acknowledged.filter((guid) => !wanted.has(guid))).toEqual([]);
    expect(jobs).toEqual(expect.arrayContaining(acknowledged.map(delivery)));
    // What died between its commit and its word may be there as well, but never in part.
    expect(jobs).toHaveLength(wanted.size);
    await database.close();
    await place.remove();
  });
});
