import { randomUUID } from "node:crypto";
import { createQueue } from "../../src/queue/pg-boss.ts";
import { createDeliveryStore } from "../../src/store/delivery-store.ts";
import { someDelivery, someRequest } from "../fakes/wanted.ts";
import { someRef } from "../fakes/pull-request.ts";
import { openNamed } from "./open-named.ts";

/** Writes deliveries with their requests and jobs for as long as it lives, and prints each GUID that was committed. */
const database = await openNamed(process.argv[2]);
const queue = await createQueue({ engine: database.engine, role: "web", concurrency: 1, onError: console.error });
const deliveries = createDeliveryStore(database);

const writeOne = async (): Promise<string> => {
  const guid = randomUUID();
  await deliveries.transaction(async (connection) => {
    await deliveries.insertDelivery(someDelivery({ guid }), connection);
    const request = someRequest({ id: guid });
    await deliveries.insertWanted({ pullRequest: someRef, request }, connection);
    await queue.send({ kind: "delivery", guid }, connection);
  });
  return guid;
};

const writeOn = async (): Promise<void> => {
  for (;;) console.log(await writeOne());
};

await Promise.all(Array.from({ length: 8 }, writeOn));
