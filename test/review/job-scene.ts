import { defaultPolicy, type ReviewPolicy } from "../../src/core/policy.ts";
import type { ReviewRequest } from "../../src/core/request.ts";
import type { ReviewResult } from "../../src/core/run.ts";
import { handlePullRequest } from "../../src/review/handle-job.ts";
import type { HostLimits, JobDeps } from "../../src/review/job-deps.ts";
import type { CodeHost } from "../../src/review/ports.ts";
import type { ReviewInput } from "../../src/review/review-input.ts";
import { createFakeCodeHost, type FakeCodeHost } from "../fakes/fake-code-host.ts";
import { createFakeRepository } from "../fakes/fake-repository.ts";
import { createFakeStore, type FakeStore } from "../fakes/fake-store.ts";
import { createHandClock } from "../fakes/hand-clock.ts";
import { somePullRequest, someRef } from "../fakes/pull-request.ts";
import { someResult } from "../fakes/run.ts";
import { someRequest, want } from "../fakes/wanted.ts";

const change = { base: { "a.ts": "1\n" }, head: { "a.ts": "2\n" } };

/** A job on `someRef` over fakes; what a test changes of it counts from the next `work` on. */
export interface JobScene {
  readonly store: FakeStore;
  readonly host: FakeCodeHost;
  /** Calls of the host that are answered otherwise. */
  broken: Partial<CodeHost>;
  policy: ReviewPolicy;
  limits: HostLimits;
  review: (input: ReviewInput) => Promise<ReviewResult>;
  /** Heads that the review was asked to read. */
  readonly reviewed: string[];
  readonly failures: unknown[];
  readonly ask: (...requests: readonly ReviewRequest[]) => Promise<void>;
  readonly work: (job?: { readonly attempt?: number; readonly lastAttempt?: boolean }) => Promise<void>;
  /** What became of each request: the run that answered it, the note, or null while it waits. */
  readonly answers: () => readonly (string | null)[];
  readonly titles: () => readonly (string | undefined)[];
  readonly comments: () => readonly string[];
}

export const createJobScene = (): JobScene => {
  const host = createFakeCodeHost();
  const store = createFakeStore();
  let ids = 0;
  const scene: JobScene = {
    store,
    host,
    broken: {},
    policy: defaultPolicy,
    limits: { forks: "members", usdPerDay: 100, reviewsPerAuthorAndDay: 50, serves: async () => true },
    review: async ({ runId, trees }) => someResult({ runId, headSha: trees.diff.head }),
    reviewed: [],
    failures: [],
    ask: async (...requests) => {
      for (const request of requests) await want(store.deliveries, request);
    },
    work: ({ attempt = 0, lastAttempt = false } = {}) =>
      handlePullRequest(
        depsOf(scene, () => `run-${(ids += 1)}`),
        someRef,
        {
          jobId: "job-1",
          attempt,
          lastAttempt,
          signal: new AbortController().signal,
        },
      ),
    answers: () => [...store.state.requests.values()].map(({ answer }) => answer?.runId ?? answer?.note ?? null),
    titles: () => host.state.checks.map(({ plan }) => plan?.title),
    comments: () => (host.state.pullRequest?.ownComments ?? []).map(({ body }) => body.split("\n")[0] ?? ""),
  };
  return scene;
};

const depsOf = (scene: JobScene, next: () => string): JobDeps => {
  const { store, policy, limits } = scene;
  return {
    host: { ...scene.host, ...scene.broken },
    clock: createHandClock(),
    repository: createFakeRepository({ [somePullRequest().headSha]: change, [newerHead]: change }).repository,
    wanted: store.wanted,
    leases: store.leases,
    runs: store.runs,
    ids: { next },
    observe: () => undefined,
    watchEveryMs: 1,
    limits,
    policyOf: () => ({ policy, notices: [] }),
    review: (input) => {
      scene.reviewed.push(input.trees.diff.head);
      return scene.review(input);
    },
    onRefusedLine: () => undefined,
    onFailure: (error) => scene.failures.push(error),
  };
};

/** A head that `somePullRequest` may move to. */
export const newerHead = "c".repeat(40);

/** A command written in the conversation. */
export const someCommand = (id: string, focus: string | null = null): ReviewRequest =>
  someRequest({
    id,
    trigger: "command",
    headSha: null,
    focus,
    source: { kind: "issue_comment", id: 1, nodeId: `IC_${id}` },
    requester: "mona",
  });
