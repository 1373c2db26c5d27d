import { beforeEach, describe, expect, it } from "vitest";
import { findingMarker, noteMarker, runMarker } from "../../src/core/marker.ts";
import type { PublishPlan } from "../../src/core/plan.ts";
import { SupersededError } from "../../src/review/errors.ts";
import type { CodeHost } from "../../src/review/ports.ts";
import { announceRun, publish, withdrawRun } from "../../src/review/publish.ts";
import { createFakeClock } from "../fakes/fake-clock.ts";
import { createFakeCodeHost, type FakeCodeHost } from "../fakes/fake-code-host.ts";
import { createFakeStore } from "../fakes/fake-store.ts";
import { somePullRequest, someRef } from "../fakes/pull-request.ts";
import { someRun } from "../fakes/run.ts";

const { signal } = new AbortController();
const headSha = somePullRequest().headSha;
const anchor = { path: "src/a.ts", side: "RIGHT", startLine: null, line: 3 } as const;
const fingerprint = "f".repeat(16);

const fullPlan: PublishPlan = {
  runId: "run-1",
  headSha,
  check: { conclusion: "neutral", title: "1 finding", summary: "One." },
  review: {
    event: "COMMENT",
    body: `Summary ${runMarker("run-1")}`,
    comments: [{ anchor, body: "Here.", fingerprint }],
    fallbackBody: `All of it ${runMarker("run-1")}`,
  },
  notes: [{ key: "summary", commentId: null, body: `Note ${noteMarker({ key: "summary", runId: "run-1" })}` }],
  replies: [{ threadId: "T1", fingerprint, body: `Reply ${findingMarker({ runId: "run-1", fingerprint })}` }],
  reactions: [{ subjectId: "PR_7", content: "EYES", action: "remove" }],
};

describe("publishing", () => {
  let host: FakeCodeHost;
  let refusedLines: string[];
  const store = { current: createFakeStore() };
  const deps = () => ({
    host,
    runs: store.current.runs,
    clock: createFakeClock(),
    onRefusedLine: (message: string) => void refusedLines.push(message),
  });
  const carryOut = (plan: PublishPlan = fullPlan) => publish(deps(), { ref: someRef, plan }, signal);
  const run = { ref: someRef, runId: "run-1", headSha, withCheck: true, reactTo: ["PR_7"] };
  const standing = () => ({
    reviews: host.state.reviews.map(({ event, comments }) => `${event} ${comments.length}`),
    notes: host.state.pullRequest?.ownComments.length,
    replies: host.state.replies.length,
    checks: host.state.checks.map(({ plan }) => plan?.conclusion ?? "in progress"),
    reactions: host.state.reactions.length,
  });
  const all = { reviews: ["COMMENT 1"], notes: 1, replies: 1, checks: ["neutral"], reactions: 0 };
  beforeEach(async () => {
    host = createFakeCodeHost();
    refusedLines = [];
    store.current = createFakeStore();
    await store.current.runs.start(someRun());
  });

  it("writes one after the other, and the check run after what it speaks of", async () => {
    await announceRun(deps(), run, signal);
    await carryOut();
    expect(host.state.calls).toEqual([
      "writeCheck",
      "react",
      "readHead",
      "createPendingReview",
      "submitReview",
      "replyInThread",
      "writeComment",
      "writeCheck",
      "react",
    ]);
    expect(standing()).toEqual(all);
  });

  it("writes nothing when the head has moved", async () => {
    host.moveHead("c".repeat(40));
    await expect(carryOut()).rejects.toThrow(SupersededError);
    expect(host.state.calls).toEqual(["readHead"]);
  });

  it("does nothing again when it is repeated", async () => {
    await carryOut();
    await carryOut();
    expect(host.state.calls.filter((call) => call !== "readHead")).toHaveLength(6);
    expect(standing()).toEqual(all);
  });

  const writes: readonly (keyof CodeHost)[] = [
    "createPendingReview",
    "submitReview",
    "replyInThread",
    "writeComment",
    "writeCheck",
    "react",
  ];
  it.each(
    writes.flatMap((method) =>
      (["lost_before", "lost_after", "not_sent"] as const).map((failure) => ({ method, failure })),
    ),
  )("shows everything once when $method is $failure and the job comes again", async ({ method, failure }) => {
    host.failNext(method, failure);
    // A write that never left fails the job, and the queue brings it back; the others are settled on the spot.
    await carryOut().catch(() => carryOut());
    expect(standing()).toEqual(all);
  });

  it.each(writes)("goes on after a crash that lost the answer of %s", async (method) => {
    const stopped = new AbortController();
    const real = host;
    const crashing: CodeHost = new Proxy(real, {
      get: (target, name: keyof CodeHost) =>
        name === method
          ? async (...call: unknown[]) => {
              await Reflect.apply(target[name], target, call);
              stopped.abort(new Error("the worker dies"));
              throw stopped.signal.reason;
            }
          : target[name],
    });
    await expect(publish({ ...deps(), host: crashing }, { ref: someRef, plan: fullPlan }, signal)).rejects.toThrow(
      "the worker dies",
    );
    await carryOut();
    expect(standing()).toEqual(all);
  });

  it("drops a stale pending review that is in the way, and posts its own", async () => {
    await host.createPendingReview(someRef, { headSha, body: "of a run that died", comments: [] }, signal);
    await carryOut();
    expect(standing()).toEqual(all);
  });

  it("posts without lines when GitHub refuses one, loses no finding and reports the defect", async () => {
    host.state.acceptsLine = () => false;
    await carryOut();
    expect(host.state.reviews).toMatchObject([{ event: "COMMENT", comments: [], body: fullPlan.review?.fallbackBody }]);
    expect(refusedLines).toEqual(["line must be part of the diff"]);
  });

  it("hands over when a line is refused because the head moved", async () => {
    host.state.acceptsLine = () => {
      host.moveHead("c".repeat(40));
      return false;
    };
    await expect(carryOut()).rejects.toThrow(SupersededError);
    expect(host.state.reviews).toEqual([]);
    expect(refusedLines).toEqual([]);
  });

  it("completes the check run whose creation was never answered", async () => {
    host.failNext("writeCheck", "lost_after");
    await store.current.runs.writeLedger("run-1", { key: "check:open", state: "unknown", remoteId: null });
    await host
      .writeCheck(someRef, { id: null, headSha, externalId: "run-1", plan: null }, signal)
      .catch(() => undefined);
    await carryOut({ ...fullPlan, review: null, notes: [], replies: [] });
    expect(standing().checks).toEqual(["neutral"]);
  });

  it("withdraws what it showed of a run that nobody waits for", async () => {
    await announceRun(deps(), run, signal);
    await withdrawRun(deps(), { ...run, reason: "closed", reactedTo: ["PR_7"] }, signal);
    expect(standing()).toEqual({ reviews: [], notes: 0, replies: 0, checks: ["skipped"], reactions: 0 });
  });

  it("withdraws nothing of a run that showed nothing", async () => {
    await withdrawRun(deps(), { ...run, reason: "closed", reactedTo: [] }, signal);
    expect(host.state.calls).toEqual([]);
  });
});
