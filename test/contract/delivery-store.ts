import { expect, it } from "vitest";
import { someRef } from "../fakes/pull-request.ts";
import { someDelivery, someRequest } from "../fakes/wanted.ts";
import type { OpenStores } from "./stores.ts";

/** What every DeliveryStore promises. */
export const deliveryStoreContract = (open: OpenStores): void => {
  it("reads a delivery back exactly as it was signed", async () => {
    const { deliveries } = await open();
    const delivery = someDelivery({ action: null, payload: '{ "zen":  "\\u0000 käse\\ud83d\\ude00" }' });
    await deliveries.transaction((connection) => deliveries.insertDelivery(delivery, connection));
    expect(await deliveries.readDelivery(delivery.guid)).toEqual(delivery);
  });

  it("knows no delivery that never came", async () => {
    const { deliveries } = await open();
    expect(await deliveries.readDelivery("nobody")).toBeNull();
  });

  it("writes a GUID once, also when it comes twice at the same time", async () => {
    const { deliveries } = await open();
    const insert = (payload: string): Promise<boolean> =>
      deliveries.transaction((connection) => deliveries.insertDelivery(someDelivery({ payload }), connection));
    const inserted = await Promise.all([insert('{"n":1}'), insert('{"n":2}'), insert('{"n":3}')]);
    expect(inserted.filter(Boolean)).toHaveLength(1);
    expect(await insert('{"n":4}')).toBe(false);
    expect((await deliveries.readDelivery("guid-1"))?.payload).toBe(`{"n":${inserted.indexOf(true) + 1}}`);
  });

  it("keeps nothing of a transaction that fails, and passes its error on", async () => {
    const { deliveries, wanted } = await open();
    const failed = deliveries.transaction(async (connection) => {
      await deliveries.insertDelivery(someDelivery(), connection);
      await deliveries.insertWanted({ pullRequest: someRef, request: someRequest() }, connection);
      throw new RangeError("after the writes");
    });
    await expect(failed).rejects.toThrow(new RangeError("after the writes"));
    expect(await deliveries.readDelivery("guid-1")).toBeNull();
    expect(await wanted.unanswered(someRef)).toEqual([]);
  });

  it("answers with what the work of a transaction answers", async () => {
    const { deliveries } = await open();
    expect(await deliveries.transaction(async () => "done")).toBe("done");
  });

  it("still reads a delivery that was handled", async () => {
    const { deliveries } = await open();
    await deliveries.transaction((connection) => deliveries.insertDelivery(someDelivery(), connection));
    await deliveries.markHandled("guid-1");
    expect(await deliveries.readDelivery("guid-1")).toEqual(someDelivery());
  });
};
