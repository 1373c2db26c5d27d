import { readMarkers } from "./marker.ts";
import type { OwnComment, PullRequestSnapshot } from "./pull-request.ts";

/** Names the one summary comment of a pull request. */
export const summaryKey = "summary";

export const ownSummary = ({ ownComments }: PullRequestSnapshot): OwnComment | null =>
  ownComments.findLast(({ body }) => readMarkers(body).key === summaryKey) ?? null;

/** Whether people have seen findings of this reviewer here before. A clean review leaves nothing to be kept true. */
export const isLaterRound = (snapshot: PullRequestSnapshot): boolean =>
  ownSummary(snapshot) !== null || snapshot.threads.some(({ author }) => author === "self");
