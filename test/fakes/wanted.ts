import type { ReviewRequest } from "../../src/core/request.ts";
import type { Delivery, DeliveryStore, WantedInput } from "../../src/review/store-ports.ts";
import { someRef } from "./pull-request.ts";

/** A delivery of the repository of `someRef`. */
export const someDelivery = (over: Partial<Delivery> = {}): Delivery => ({
  guid: "guid-1",
  event: "pull_request",
  action: "opened",
  payload: JSON.stringify({ action: "opened", repository: { id: someRef.repositoryId } }),
  receivedAt: new Date("2026-11-20T10:00:00Z"),
  ...over,
});

/** What the event "opened" wants. */
export const someRequest = (over: Partial<ReviewRequest> = {}): ReviewRequest => ({
  id: "request-1",
  trigger: "opened",
  headSha: "a".repeat(40),
  focus: null,
  mode: "review",
  requester: null,
  source: null,
  receivedAt: new Date("2026-11-20T10:00:00Z"),
  ...over,
});

/** Writes one request in a transaction of its own. */
export const want = (
  deliveries: DeliveryStore,
  request: ReviewRequest,
  over: Partial<WantedInput> = {},
): Promise<void> =>
  deliveries.transaction((connection) =>
    deliveries.insertWanted({ pullRequest: someRef, request, ...over }, connection),
  );
