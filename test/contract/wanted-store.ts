import { expect, it } from "vitest";
import type { ReviewRequest } from "../../src/core/request.ts";
import { someRef } from "../fakes/pull-request.ts";
import { someRequest, want } from "../fakes/wanted.ts";
import type { OpenStores, Stores } from "./stores.ts";

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 20, 10, minute));

const unansweredIds = async ({ wanted }: Stores): Promise<readonly string[]> =>
  (await wanted.unanswered(someRef)).map((request) => request.id);

/** What every WantedStore promises. */
export const wantedStoreContract = (open: OpenStores): void => {
  it("reads a request back with all that it says", async () => {
    const { deliveries, wanted } = await open();
    const request: ReviewRequest = {
      id: "request-1",
      trigger: "command",
      headSha: null,
      focus: "does \0 it hold? \u{1F600}",
      mode: "security",
      requester: "mona",
      source: { kind: "review_comment", id: 3_000_000_000, nodeId: "PRRC_1" },
      receivedAt: new Date("2026-11-20T10:00:00.123Z"),
    };
    await want(deliveries, request);
    expect(await wanted.unanswered(someRef)).toEqual([request]);
  });

  it("lists the oldest first, and of the same moment the one that was written first", async () => {
    const stores = await open();
    await want(stores.deliveries, someRequest({ id: "late", receivedAt: at(3) }));
    await want(stores.deliveries, someRequest({ id: "early", receivedAt: at(1) }));
    await want(stores.deliveries, someRequest({ id: "early-too", receivedAt: at(1) }));
    expect(await unansweredIds(stores)).toEqual(["early", "early-too", "late"]);
  });

  it("takes a request once, and an answered one does not come back", async () => {
    const stores = await open();
    await want(stores.deliveries, someRequest());
    await want(stores.deliveries, someRequest({ focus: "again" }));
    expect(await stores.wanted.unanswered(someRef)).toEqual([someRequest()]);
    await stores.wanted.answer(["request-1"], { runId: "run-1", note: "reviewed" });
    await want(stores.deliveries, someRequest());
    expect(await unansweredIds(stores)).toEqual([]);
  });

  it("keeps pull requests apart, whatever the repository is called", async () => {
    const { deliveries, wanted } = await open();
    await want(deliveries, someRequest());
    expect(await wanted.unanswered({ ...someRef, number: 8 })).toEqual([]);
    expect(await wanted.unanswered({ ...someRef, repositoryId: 102 })).toEqual([]);
    expect(await wanted.unanswered({ ...someRef, owner: "renamed", name: "moved" })).toHaveLength(1);
  });

  it("answers the named requests and no others", async () => {
    const stores = await open();
    for (const id of ["one", "two", "three"]) await want(stores.deliveries, someRequest({ id }));
    await stores.wanted.answer(["one", "three"], { runId: null, note: "skipped: \0 draft" });
    await stores.wanted.answer([], { runId: null, note: "nobody" });
    expect(await unansweredIds(stores)).toEqual(["two"]);
  });
};
