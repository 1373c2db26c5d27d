import { beforeEach, describe, expect, it } from "vitest";
import { defaultPolicy, type ReviewPolicy } from "../../src/core/policy.ts";
import type { ReviewResult } from "../../src/core/run.ts";
import { CodeHostError, OperationalError } from "../../src/review/errors.ts";
import { handlePullRequest } from "../../src/review/handle-job.ts";
import type { JobDeps } from "../../src/review/job-deps.ts";
import type { ReviewInput } from "../../src/review/review-input.ts";
import { createFakeCodeHost, type FakeCodeHost } from "../fakes/fake-code-host.ts";
import { createFakeRepository } from "../fakes/fake-repository.ts";
import { createFakeStore, type FakeStore } from "../fakes/fake-store.ts";
import { createHandClock, type HandClock } from "../fakes/hand-clock.ts";
import { somePullRequest, someRef } from "../fakes/pull-request.ts";
import { someFinding } from "../fakes/finding.ts";
import { someEntry, someResult, someRun } from "../fakes/run.ts";
import { someRequest, want } from "../fakes/wanted.ts";

const { headSha } = somePullRequest();
const newer = "c".repeat(40);
const change = { base: { "a.ts": "1\n" }, head: { "a.ts": "2\n" } };
const down = new OperationalError("the model answers 503", { retryable: true });

type Review = (input: ReviewInput, signal: AbortSignal) => Promise<ReviewResult>;

const clean: Review = async ({ runId, trees }) => someResult({ runId, headSha: trees.diff.head });

const command = (id: string, focus: string | null) =>
  someRequest({
    id,
    trigger: "command",
    headSha: null,
    focus,
    source: { kind: "issue_comment", id: 1, nodeId: `IC_${id}` },
  });

describe("a job on a pull request", () => {
  let store: FakeStore;
  let host: FakeCodeHost;
  let clock: HandClock;
  let policy: ReviewPolicy;
  let review: Review;
  let reviewed: ReviewInput[];
  let failures: unknown[];
  let ids: number;
  const deps = (): JobDeps => ({
    host,
    clock,
    repository: createFakeRepository({ [headSha]: change, [newer]: change }).repository,
    wanted: store.wanted,
    leases: store.leases,
    runs: store.runs,
    ids: { next: () => `run-${(ids += 1)}` },
    observe: () => undefined,
    watchEveryMs: 1,
    limits: { forks: "members", usdPerDay: 100, reviewsPerAuthorAndDay: 50, serves: async () => true },
    policyOf: () => ({ policy, notices: [] }),
    review: (input, signal) => {
      reviewed.push(input);
      return review(input, signal);
    },
    onRefusedLine: () => undefined,
    onFailure: (error) => failures.push(error),
  });
  const work = ({ attempt = 0, lastAttempt = false, jobId = "job-1", signal = new AbortController().signal } = {}) =>
    handlePullRequest(deps(), someRef, { jobId, attempt, lastAttempt, signal });
  const answers = () => [...store.state.requests.values()].map(({ answer }) => answer?.runId ?? answer?.note ?? null);
  const runs = () => [...store.state.runs.values()].map(({ record }) => `${record.id} ${record.state}`);
  const checks = () => host.state.checks.map(({ headSha: sha, plan }) => `${sha[0]} ${plan?.conclusion ?? "open"}`);
  const loseAccess = (): void => {
    const gone = new CodeHostError("404", { outcome: "refused", retryable: false, accessGone: true });
    host = { ...host, readPullRequest: async () => Promise.reject(gone) };
  };
  const ask = (...requests: readonly ReturnType<typeof someRequest>[]) =>
    Promise.all(requests.map((request) => want(store.deliveries, request)));
  beforeEach(() => {
    store = createFakeStore();
    host = createFakeCodeHost();
    clock = createHandClock();
    policy = defaultPolicy;
    review = clean;
    reviewed = [];
    failures = [];
    ids = 0;
  });

  it("answers all requests that ask for the same with one run, and others with runs of their own", async () => {
    await ask(someRequest(), someRequest({ id: "request-2", trigger: "synchronize" }), command("request-3", "locks"));
    await work();
    expect(reviewed.map(({ focus }) => focus)).toEqual([null, "locks"]);
    expect(answers()).toEqual(["run-1", "run-1", "run-2"]);
    expect(checks()).toEqual(["a success", "a success"]);
    expect(await store.leases.acquire(someRef, "job-2")).toEqual({ taken: true });
  });

  it("ends at once while another job holds the lease", async () => {
    await ask(someRequest());
    await store.leases.acquire(someRef, "job-2");
    await work();
    expect(host.state.calls).toEqual([]);
    expect(answers()).toEqual([null]);
  });

  it.each([
    { between: "plan and publishing", method: "readHead" },
    { between: "creating and submitting", method: "submitReview" },
    { between: "the review and the check run", method: "writeCheck" },
  ] as const)("goes on with the stored plan after a crash between $between", async ({ method }) => {
    const finding = someFinding();
    await ask(someRequest());
    review = async ({ runId }) => {
      host.failNext(method, "not_sent");
      return someResult({ runId, findings: [finding], judged: [finding.judged] });
    };
    await expect(work()).rejects.toThrow(method);
    expect(answers()).toEqual([null]);
    await work({ attempt: 1 });
    expect(reviewed).toHaveLength(1);
    expect(host.state.reviews.map(({ event }) => event)).toEqual(["COMMENT"]);
    expect(checks()).toEqual(["a neutral"]);
    expect(runs()).toEqual(["run-1 reviewed"]);
  });

  it("does not run a command again when it dies after the run was recorded", async () => {
    await ask(command("request-1", "locks"));
    const { wanted } = store;
    store = { ...store, wanted: { ...wanted, answer: async () => Promise.reject(down) } };
    await work().catch(() => undefined);
    store = { ...store, wanted };
    await work({ attempt: 1 });
    expect(reviewed).toHaveLength(1);
    expect(answers()).toEqual(["run-1"]);
  });

  it("hands its requests to the new head when the head moves before the first write", async () => {
    await ask(someRequest());
    review = async (input, signal) => {
      host.moveHead(newer);
      review = clean;
      return clean(input, signal);
    };
    await work();
    expect(runs()).toEqual(["run-1 superseded", "run-2 reviewed"]);
    expect(checks()).toEqual(["a skipped", "c success"]);
    expect(answers()).toEqual(["run-2"]);
  });

  it("tries a passing failure again, and says once that it gave up after the last attempt", async () => {
    await ask(command("request-1", null));
    review = async () => Promise.reject(down);
    await expect(work()).rejects.toBe(down);
    expect(checks()).toEqual(["a open"]);
    await work({ attempt: 1, lastAttempt: true });
    await work({ attempt: 2, lastAttempt: true });
    expect(checks()).toEqual(["a neutral"]);
    expect(host.state.pullRequest?.ownComments.map(({ body }) => body.split("\n")[0])).toEqual([
      "Could not review: the model answers 503",
    ]);
    expect(host.state.reactions).toEqual([{ subjectId: "IC_request-1", content: "CONFUSED" }]);
    expect(failures).toEqual([down]);
    expect(runs()).toEqual(["run-1 failed"]);
  });

  it.each([
    {
      what: "a final failure",
      error: new OperationalError("no such key", { retryable: false }),
      last: false,
      title: "no such key",
    },
    {
      what: "a defect of its own after the last attempt",
      error: new TypeError("x"),
      last: true,
      title: "an error in the reviewer",
    },
  ])("gives up on $what", async ({ error, last, title }) => {
    await ask(someRequest());
    review = async () => Promise.reject(error);
    await work({ lastAttempt: last });
    expect(host.state.checks.map(({ plan }) => plan?.title)).toEqual([`Could not review: ${title}`]);
    expect(failures).toEqual([error]);
    expect(host.state.pullRequest?.ownComments).toEqual([]);
  });

  it("lets the lease go after its last attempt, so that the next job need not wait", async () => {
    await ask(someRequest());
    host = { ...host, readHead: async () => Promise.reject(down), readPullRequest: async () => Promise.reject(down) };
    await expect(work({ lastAttempt: true })).rejects.toBe(down);
    expect(await store.leases.acquire(someRef, "job-2")).toEqual({ taken: true });
  });

  it("stops when its lease is lost, and writes nothing more", async () => {
    await ask(someRequest());
    review = async (_input, signal) => {
      store.state.leases.clear();
      await store.leases.acquire(someRef, "job-2");
      await clock.tick();
      signal.throwIfAborted();
      return someResult();
    };
    await expect(work()).rejects.toThrow("lease");
    expect(checks()).toEqual(["a open"]);
    expect(answers()).toEqual([null]);
  });

  it("ends what a lost worker left open on an older head", async () => {
    await store.runs.start(someRun({ id: "run-old", headSha: "9".repeat(40) }));
    await host.writeCheck(
      someRef,
      { id: null, headSha: "9".repeat(40), externalId: "run-old", plan: null },
      new AbortController().signal,
    );
    await store.runs.writeLedger("run-old", { key: "check:open", state: "sent", remoteId: null });
    await ask(someRequest());
    await work();
    expect(runs()).toEqual(["run-old superseded", "run-1 reviewed"]);
    expect(checks()).toEqual(["9 skipped", "a success"]);
  });

  it("does not answer a command with the plan that was made for a request taken back", async () => {
    await ask(someRequest());
    review = async (input, signal) => {
      host.failNext("readHead", "not_sent");
      return clean(input, signal);
    };
    await expect(work()).rejects.toThrow("readHead");
    await store.wanted.answer(["request-1"], { runId: null, note: "the pull request was closed" });
    await ask(command("request-2", "locks"));
    review = clean;
    await work({ attempt: 1 });
    expect(reviewed.map(({ focus }) => focus)).toEqual([null, "locks"]);
    expect(runs()).toEqual(["run-1 superseded", "run-2 reviewed"]);
    expect(checks()).toEqual(["a skipped", "a success"]);
  });

  it.each([
    { what: "that is gone", arrange: () => void (host.state.pullRequest = null), note: "the pull request is gone" },
    { what: "without access", arrange: () => loseAccess(), note: "the App has no access any more" },
  ])("answers quietly for a pull request $what", async ({ arrange, note }) => {
    arrange();
    await ask(someRequest());
    await work();
    expect(answers()).toEqual([note]);
    expect(host.state.checks).toEqual([]);
  });

  it("skips, a command as well, once the day's money is spent", async () => {
    await store.runs.start(someRun({ id: "run-0" }));
    await store.journal.append("run-0", someEntry({}, { usd: 50 }));
    await store.runs.finish("run-0", { kind: "failed", reason: "dear" });
    clock = { ...clock, now: () => new Date() };
    await ask(command("request-1", null));
    await work();
    expect(reviewed).toEqual([]);
    expect(host.state.checks.map(({ plan }) => plan?.title)).toEqual([
      expect.stringContaining("budget of 50 US dollars a day is spent"),
    ]);
  });
});
