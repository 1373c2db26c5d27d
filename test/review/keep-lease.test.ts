import { beforeEach, describe, expect, it } from "vitest";
import { keepLease } from "../../src/review/keep-lease.ts";
import { createFakeStore, type FakeStore } from "../fakes/fake-store.ts";
import { createHandClock, type HandClock } from "../fakes/hand-clock.ts";
import { someRef } from "../fakes/pull-request.ts";

describe("keeping a lease", () => {
  let store: FakeStore;
  let clock: HandClock;
  let now: number;
  const lease = { ref: someRef, owner: "job-1" };
  const keep = (signal: AbortSignal = new AbortController().signal) =>
    keepLease({ leases: store.leases, clock }, lease, signal);
  beforeEach(async () => {
    now = 0;
    store = createFakeStore({ now: () => new Date(now), leaseMs: 60_000 });
    clock = createHandClock();
    await store.leases.acquire(someRef, "job-1");
  });

  it("renews it, so that nobody else takes it", async () => {
    const kept = keep();
    now = 50_000;
    await clock.tick();
    now = 100_000;
    expect(await store.leases.acquire(someRef, "job-2")).toEqual({ taken: false });
    kept.stop();
  });

  it("ends the job when somebody else holds it", async () => {
    const kept = keep();
    now = 61_000;
    await store.leases.acquire(someRef, "job-2");
    await clock.tick();
    expect(kept.signal.reason).toMatchObject({ name: "OperationalError", retryable: true });
  });

  it("lets it run out once it is stopped", async () => {
    const kept = keep();
    kept.stop();
    now = 61_000;
    await clock.tick();
    expect(await store.leases.acquire(someRef, "job-2")).toEqual({ taken: true });
    expect(kept.signal.aborted).toBe(false);
  });

  it("passes the job's own end on", () => {
    const job = new AbortController();
    const kept = keep(job.signal);
    job.abort(new Error("the worker stops"));
    expect(kept.signal.reason).toEqual(new Error("the worker stops"));
    kept.stop();
  });
});
