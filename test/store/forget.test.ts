import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { deleteOlderThan } from "../../src/store/forget.ts";
import { someRef } from "../fakes/pull-request.ts";
import { someEntry, someRun } from "../fakes/run.ts";
import { someDelivery, someRequest, want } from "../fakes/wanted.ts";
import { storesUnderTest } from "../setup/stores.ts";
import { storesOver } from "./open-stores.ts";

const dayMs = 24 * 60 * 60 * 1000;
const afterDays = (days: number): Date => new Date(Date.now() + days * dayMs);

describe.each(storesUnderTest())("deleting by age on $name", ({ open }) => {
  let database: Database;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ database, close } = await open());
    const { runs, journal, deliveries, wanted } = storesOver(database);
    for (const id of ["finished", "active"]) {
      await runs.start(someRun({ id, startedAt: new Date() }));
      await runs.writeStage(id, "find", { id });
      await journal.append(id, someEntry({}, { usd: 0.5 }));
      const delivery = someDelivery({ guid: id, receivedAt: new Date() });
      await deliveries.transaction((connection) => deliveries.insertDelivery(delivery, connection));
      await want(deliveries, someRequest({ id }));
    }
    await runs.finish("finished", { kind: "reviewed", mergeBase: "base", partial: false });
    await wanted.answer(["finished"], { runId: "finished", note: "reviewed" });
    await deliveries.markHandled("finished");
  });
  afterAll(() => close());

  const guids = async (): Promise<unknown[]> =>
    (await database.connection.executeSql("select guid from deliveries order by guid")).rows.map(({ guid }) => guid);

  it("keeps what is younger", async () => {
    const { runs, journal, deliveries } = storesOver(database);
    await deleteOlderThan(database, { days: 30, now: afterDays(29) });
    expect(await runs.readStage("finished", "find")).toEqual({ id: "finished" });
    expect(await journal.find("finished", someEntry())).toEqual(someEntry({}, { usd: 0.5 }));
    expect(await deliveries.readDelivery("finished")).not.toBeNull();
  });

  it("deletes the traces of what has ended, and keeps which heads were reviewed", async () => {
    const { runs, journal, deliveries } = storesOver(database);
    await deleteOlderThan(database, { days: 1, now: afterDays(1.5) });
    expect(await runs.readStage("finished", "find")).toBeNull();
    expect(await journal.find("finished", someEntry())).toBeNull();
    expect(await deliveries.readDelivery("finished")).toBeNull();
    expect(await runs.reviewedHeads(someRef)).toHaveLength(1);
  });

  it("keeps what goes on, GUIDs for as long as GitHub may send them again, and money for a day's budget", async () => {
    const { runs, deliveries, wanted } = storesOver(database);
    expect(await runs.readStage("active", "find")).toEqual({ id: "active" });
    expect(await deliveries.readDelivery("active")).not.toBeNull();
    expect(await wanted.unanswered(someRef)).toMatchObject([{ id: "active" }]);
    expect(await guids()).toEqual(["active", "finished"]);
    expect((await runs.spentSince(someRef, new Date(0))).usd).toBe(1);
  });

  it("lets GUIDs and money go in the end", async () => {
    const { runs, deliveries } = storesOver(database);
    await deleteOlderThan(database, { days: 1, now: afterDays(8) });
    expect(await guids()).toEqual(["active"]);
    expect(await deliveries.readDelivery("active")).not.toBeNull();
    expect((await runs.spentSince(someRef, new Date(0))).usd).toBe(0);
  });
});
