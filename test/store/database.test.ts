import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OperationalError } from "../../src/review/errors.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { startChild } from "../setup/child-process.ts";
import { rethrow } from "../setup/install-queue.ts";
import { createEmptyDatabase, readPgliteImage, storesUnderTest } from "../setup/stores.ts";

describe.each(storesUnderTest())("on $name", (store) => {
  let database: Database;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ database, close } = await store.open());
    await database.connection.executeSql("create table notes (text text primary key)");
  });
  afterAll(() => close());

  it("keeps what a statement by itself wrote when the next one fails", async () => {
    await database.connection.executeSql("insert into notes values ($1)", ["kept"]);
    await expect(database.connection.executeSql("insert into notes values ($1)", ["kept"])).rejects.toThrow(
      /duplicate/,
    );
    const { rows } = await database.connection.executeSql("select text from notes where text = 'kept'");
    expect(rows).toEqual([{ text: "kept" }]);
  });

  it("rolls a transaction back when a statement in it fails", async () => {
    const failed = database.transaction(async (connection) => {
      await connection.executeSql("insert into notes values ('lost')");
      await connection.executeSql("insert into nowhere values (1)");
    });
    await expect(failed).rejects.toThrow(/nowhere/);
    const { rows } = await database.connection.executeSql("select text from notes where text = 'lost'");
    expect(rows).toEqual([]);
  });

  it("refuses a statement that goes past the open transaction of its caller, and a second one inside it", async () => {
    const past = database.transaction(() => database.connection.executeSql("select 1"));
    await expect(past).rejects.toThrow(/past the transaction/);
    const nested = database.transaction(() => database.transaction(async () => 1));
    await expect(nested).rejects.toThrow(/past the transaction/);
  });

  it("lets others work while a transaction is open, one after the other", async () => {
    const order: string[] = [];
    const inside = Promise.withResolvers<void>();
    const first = database.transaction(async (connection) => {
      inside.resolve();
      await connection.executeSql("select 1");
      order.push("first");
    });
    await inside.promise;
    const other = database.connection.executeSql("select 1");
    await Promise.all([first, other]);
    expect(order).toEqual(["first"]);
    expect((await other).rows).toHaveLength(1);
  });

  it("refuses a database that a newer version has written, by the name of its migration", async () => {
    const place = await store.place();
    const location =
      place.databaseUrl === null
        ? { dataDir: place.dataDir }
        : { databaseUrl: place.databaseUrl, onConnectionLost: rethrow };
    const newer = await openDatabase(location);
    await newer.connection.executeSql("insert into kysely_migration values ('9999-flying-cars', '2030-01-01')");
    await newer.close();
    const refused = openDatabase(location);
    await expect(refused).rejects.toBeInstanceOf(OperationalError);
    await expect(refused).rejects.toThrow(/9999-flying-cars.*newer version/);
    await place.remove();
  });
});

describe("a data folder", () => {
  it("belongs to one process: a second one is told the folder and the holder, and takes it over when that is killed", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "codex-review-lock-"));
    await (await openDatabase({ dataDir, image: await readPgliteImage() })).close();
    const holder = startChild("write-deliveries.ts", dataDir);
    await holder.printed(1);
    const sentence = `The data folder ${dataDir} is in use by process ${holder.pid}:`;
    const second = openDatabase({ dataDir });
    await expect(second).rejects.toBeInstanceOf(OperationalError);
    await expect(second).rejects.toThrow(sentence);
    await holder.kill();
    const next = await openDatabase({ dataDir });
    await expect(openDatabase({ dataDir })).rejects.toThrow(`process ${process.pid}`);
    await next.close();
    await (await openDatabase({ dataDir })).close();
    await rm(dataDir, { recursive: true, force: true });
  });
});

describe("PostgreSQL", () => {
  const empty = createEmptyDatabase();

  it.runIf(empty !== null)("is migrated once when several processes start on it at once", async () => {
    const { url, drop } = (await empty) ?? { url: "", drop: async () => undefined };
    const children = [1, 2, 3].map(() => startChild("open-database.ts", url));
    await Promise.all(children.map((child) => child.printed(1)));
    expect(await Promise.all(children.map((child) => child.ended))).toEqual([0, 0, 0]);
    await drop();
  });

  it("that does not answer is an operational error that may pass", async () => {
    const opened = openDatabase({ databaseUrl: "postgres://postgres@127.0.0.1:1/none", onConnectionLost: rethrow });
    await expect(opened).rejects.toMatchObject({ name: "OperationalError", retryable: true });
  });
});
