import type { PullView } from "../src/simulator/simulator.ts";
import type { RunningApp } from "./app-under-test.ts";
import type { Stage } from "./stage.ts";

export interface MeasuredReview {
  /** From GitHub's marking the draft ready to the visible review: delivery, queue and job. */
  readonly fromWebhookMs: number;
  /** From the answer to the job's first request, which mints a token, to the visible review. */
  readonly jobMs: number;
  /** Requests to GitHub's API, the token's not counted. */
  readonly requests: number;
}

const submitted = "/repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/events";

/** Marks a draft ready, or gives a command where `command` is set, and waits until the app is done with it. */
export const measureReview = async (
  { github }: Stage,
  app: RunningApp,
  { pull, command, posts }: { readonly pull: PullView; readonly command: string | null; readonly posts: boolean },
): Promise<MeasuredReview> => {
  github.setWebhookUrl(app.webhookUrl);
  github.clearRequests();
  const times: { first: number | null; posted: number | null } = { first: null, posted: null };
  const stopWatching = github.observe(({ route }) => {
    times.first ??= performance.now();
    if (route === submitted) times.posted = performance.now();
  });
  const started = performance.now();
  if (command === null) github.markReady(pull);
  else github.comment(pull, "alice", command);
  const note = await app.answered();
  await github.settled();
  stopWatching();
  // What happens to pull requests between two measured reviews is nobody's business.
  github.setWebhookUrl(null);
  const end = times.posted ?? performance.now();
  const requests = github.requests.filter(({ kind }) => kind === "rest" || kind === "graphql").length;
  if (times.first === null || (posts && times.posted === null)) throw new Error(`nothing was reviewed: ${note}`);
  return { fromWebhookMs: end - started, jobMs: end - times.first, requests };
};
