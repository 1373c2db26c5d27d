import type { ReviewRequest } from "../core/request.ts";
import type { WantedInput } from "../review/store-ports.ts";
import type { Check, RepositoryEvent } from "./payloads.ts";
import { pullRequestRef } from "./repository-ref.ts";

/** A check that was asked for again, as a delivery tells it. */
export interface RerunDelivery {
  readonly guid: string;
  readonly receivedAt: Date;
  readonly event: RepositoryEvent;
  readonly check: Check;
}

/** One request for each pull request; the GUID and the number name it, so a repeated delivery cannot ask twice. */
export const rerunWanted = (delivery: RerunDelivery, numbers: readonly number[]): readonly WantedInput[] => {
  const { guid, receivedAt, event, check } = delivery;
  return numbers.map((number): WantedInput => {
    const request: ReviewRequest = {
      id: `${guid}:${number}`,
      trigger: "rerun",
      headSha: check.head_sha,
      focus: null,
      mode: "review",
      requester: event.sender.login,
      source: null,
      receivedAt,
    };
    return { pullRequest: pullRequestRef(event, number), request };
  });
};
