import { expect, it } from "vitest";
import { OperationalError } from "../../src/review/errors.ts";
import { someRef } from "../fakes/pull-request.ts";
import { someRequest, want } from "../fakes/wanted.ts";
import type { OpenStores } from "./stores.ts";

const other = { ...someRef, number: 8 };

/** What every LeaseStore promises. */
export const leaseStoreContract = (open: OpenStores): void => {
  it("gives a pull request to one owner at a time", async () => {
    const { leases } = await open();
    expect(await leases.acquire(someRef, "job-1")).toEqual({ taken: true });
    expect(await leases.acquire(someRef, "job-2")).toEqual({ taken: false });
    expect(await leases.acquire(other, "job-2")).toEqual({ taken: true });
  });

  it("gives it to one of many that ask at the same time", async () => {
    const { leases } = await open();
    const owners = Array.from({ length: 8 }, (_, index) => `job-${index}`);
    const results = await Promise.all(owners.map((owner) => leases.acquire(someRef, owner)));
    expect(results.filter(({ taken }) => taken)).toHaveLength(1);
  });

  it("gives it again to the job that holds it, which was delivered once more", async () => {
    const { leases } = await open();
    await leases.acquire(someRef, "job-1");
    expect(await leases.acquire(someRef, "job-1")).toEqual({ taken: true });
  });

  it("gives it to the next one after a release, and only its owner can release it", async () => {
    const { leases } = await open();
    await leases.acquire(someRef, "job-1");
    await leases.release(someRef, "job-2");
    expect(await leases.acquire(someRef, "job-2")).toEqual({ taken: false });
    await leases.release(someRef, "job-1");
    expect(await leases.acquire(someRef, "job-2")).toEqual({ taken: true });
  });

  it("lets a lease that was not renewed go to another, and tells the old owner", async () => {
    const { leases } = await open({ leaseMs: 0 });
    await leases.acquire(someRef, "job-1");
    await leases.renew(someRef, "job-1");
    expect(await leases.acquire(someRef, "job-2")).toEqual({ taken: true });
    await expect(leases.renew(someRef, "job-1")).rejects.toThrow(OperationalError);
  });

  it("releases an idle pull request", async () => {
    const { leases } = await open();
    await leases.acquire(someRef, "job-1");
    expect(await leases.releaseIfIdle(someRef, "job-1")).toBe(true);
    expect(await leases.acquire(someRef, "job-2")).toEqual({ taken: true });
  });

  it("keeps the lease while something is wanted", async () => {
    const { leases, deliveries, wanted } = await open();
    await leases.acquire(someRef, "job-1");
    await want(deliveries, someRequest());
    expect(await leases.releaseIfIdle(someRef, "job-1")).toBe(false);
    expect(await leases.acquire(someRef, "job-2")).toEqual({ taken: false });
    await wanted.answer(["request-1"], { runId: "run-1", note: "reviewed" });
    expect(await leases.releaseIfIdle(someRef, "job-1")).toBe(true);
  });

  it("ends the work of an owner that lost the lease, and leaves it with the new one", async () => {
    const { leases, deliveries } = await open({ leaseMs: 0 });
    await leases.acquire(someRef, "job-1");
    await leases.acquire(someRef, "job-2");
    await want(deliveries, someRequest());
    expect(await leases.releaseIfIdle(someRef, "job-1")).toBe(true);
    await leases.renew(someRef, "job-2");
  });

  it("never leaves a request with nobody to run it, however request and release fall", async () => {
    const { leases, deliveries, wanted } = await open();
    for (let round = 0; round < 20; round += 1) {
      const id = `request-${round}`;
      await leases.acquire(someRef, "job-1");
      // The delivery's own job comes after its commit; the holder asks at any moment before or after it.
      const arrival = want(deliveries, someRequest({ id })).then(() => leases.acquire(someRef, "job-2"));
      const [kept, second] = await Promise.all([leases.releaseIfIdle(someRef, "job-1").then((free) => !free), arrival]);
      expect(kept || second.taken).toBe(true);
      await wanted.answer([id], { runId: null, note: "done" });
      await leases.release(someRef, "job-1");
      await leases.release(someRef, "job-2");
    }
  });
};
