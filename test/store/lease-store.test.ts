import { describe, expect, it, vi } from "vitest";
import { someRef } from "../fakes/pull-request.ts";
import { someRequest } from "../fakes/wanted.ts";
import { storesUnderTest } from "../setup/stores.ts";
import { storesOver } from "./open-stores.ts";

/** The embedded store has one connection, so there this order of events cannot be. */
const server = storesUnderTest().find(({ name }) => name === "PostgreSQL");

describe("a lease on PostgreSQL", () => {
  it.runIf(server !== undefined)("is kept for a delivery that was under way when its holder looked", async () => {
    if (server === undefined) throw new Error("only run where there is a server");
    const { database, close } = await server.open();
    const { leases, deliveries } = storesOver(database);
    await leases.acquire(someRef, "job-1");
    const written = Promise.withResolvers<void>();
    const commit = Promise.withResolvers<void>();
    const arrival = deliveries.transaction(async (connection) => {
      const wanted = { pullRequest: someRef, request: someRequest() };
      await deliveries.insertWanted(wanted, connection);
      written.resolve();
      await commit.promise;
    });
    await written.promise;
    const released = leases.releaseIfIdle(someRef, "job-1");
    await vi.waitFor(async () => {
      const waiting = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
      expect((await database.connection.executeSql(waiting)).rows).toHaveLength(1);
    });
    commit.resolve();
    await arrival;
    expect(await released).toBe(false);
    expect(await leases.acquire(someRef, "job-2")).toEqual({ taken: false });
    await close();
  });
});
