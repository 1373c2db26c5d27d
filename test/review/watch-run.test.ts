import { beforeEach, describe, expect, it } from "vitest";
import { RunCancelledError, SupersededError } from "../../src/review/errors.ts";
import { watchRun, type RunWatch } from "../../src/review/watch-run.ts";
import { createFakeCodeHost, type FakeCodeHost } from "../fakes/fake-code-host.ts";
import { createFakeStore, type FakeStore } from "../fakes/fake-store.ts";
import { createHandClock, type HandClock } from "../fakes/hand-clock.ts";
import { somePullRequest, someRef } from "../fakes/pull-request.ts";
import { someRequest, want } from "../fakes/wanted.ts";

const { headSha } = somePullRequest();
const newer = "c".repeat(40);

describe("watching a run", () => {
  let store: FakeStore;
  let host: FakeCodeHost;
  let clock: HandClock;
  let failures: unknown[];
  let job: AbortController;
  let watch: RunWatch;
  const pushed = (sha: string, id = "request-2") =>
    want(store.deliveries, someRequest({ id, trigger: "synchronize", headSha: sha }));
  beforeEach(async () => {
    store = createFakeStore();
    host = createFakeCodeHost();
    clock = createHandClock();
    failures = [];
    job = new AbortController();
    await want(store.deliveries, someRequest());
    const deps = {
      wanted: store.wanted,
      host,
      clock,
      watchEveryMs: 1,
      onFailure: (error: unknown) => failures.push(error),
    };
    watch = watchRun(deps, { ref: someRef, headSha, requests: [someRequest()] }, job.signal);
  });

  it("ends it when GitHub has another head than it reads", async () => {
    host.moveHead(newer);
    await pushed(newer);
    await clock.tick();
    expect(watch.signal.reason).toEqual(new SupersededError(newer));
  });

  it("asks GitHub only about a head that is news, and once", async () => {
    await clock.tick();
    expect(host.state.calls).toEqual([]);
    await pushed(newer);
    await clock.tick();
    await clock.tick();
    expect(host.state.calls).toEqual(["readHead"]);
    expect(watch.signal.aborted).toBe(false);
  });

  it("is not alarmed by another request on the same head", async () => {
    await pushed(headSha);
    await clock.tick();
    expect(host.state.calls).toEqual([]);
  });

  it("ends it when nobody wants it any more", async () => {
    await store.wanted.answer(["request-1"], { runId: null, note: "the pull request was closed" });
    await clock.tick();
    expect(watch.signal.reason).toEqual(new RunCancelledError());
  });

  it("lets the run go on, and says so, when it cannot look", async () => {
    host.failNext("readHead", "not_sent");
    await pushed(newer);
    await clock.tick();
    expect(watch.signal.aborted).toBe(false);
    expect(failures).toHaveLength(1);
  });

  it("passes the job's own end on, and looks no more once it is stopped", async () => {
    watch.stop();
    host.moveHead(newer);
    await pushed(newer);
    await clock.tick();
    expect(watch.signal.aborted).toBe(false);
    job.abort(new Error("the worker stops"));
    expect(watch.signal.reason).toEqual(new Error("the worker stops"));
    expect(failures).toEqual([]);
  });
});
