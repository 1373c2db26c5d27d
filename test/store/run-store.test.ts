import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { createRunStore } from "../../src/store/run-store.ts";
import { someRef } from "../fakes/pull-request.ts";
import { someRun } from "../fakes/run.ts";
import { someRequest, want } from "../fakes/wanted.ts";
import { storesUnderTest } from "../setup/stores.ts";
import { emptyTables, storesOver } from "./open-stores.ts";

/** The same database, but the connection breaks when a transaction comes to the statement that begins so. */
const breakingAt = (database: Database, start: string): Database => ({
  ...database,
  transaction: (work) =>
    database.transaction((connection) =>
      work({
        executeSql: async (text, values) => {
          if (text.startsWith(start)) throw new RangeError("cut off");
          return connection.executeSql(text, values);
        },
      }),
    ),
});

describe.each(storesUnderTest())("a run that ends, on $name", ({ open }) => {
  let database: Database;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ database, close } = await open());
    await emptyTables(database);
  });
  afterAll(() => close());

  it("is still active, and its requests wait, when the connection breaks between the two", async () => {
    const { deliveries, runs, wanted } = storesOver(database);
    await want(deliveries, someRequest());
    await runs.start(someRun());
    const answered = { requestIds: ["request-1"], note: "clean" };
    const cut = createRunStore(breakingAt(database, 'update "requests"')).finish(
      "run-1",
      { kind: "skipped", reason: "draft" },
      answered,
    );
    await expect(cut).rejects.toThrow("cut off");
    expect(await runs.findActive(someRef)).toMatchObject({ id: "run-1" });
    expect(await wanted.unanswered(someRef)).toHaveLength(1);
  });
});
