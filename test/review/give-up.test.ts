import { beforeEach, describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/core/policy.ts";
import { CodeHostError, OperationalError } from "../../src/review/errors.ts";
import type { CodeHost } from "../../src/review/ports.ts";
import { somePullRequest } from "../fakes/pull-request.ts";
import { someFinding } from "../fakes/finding.ts";
import { someResult } from "../fakes/run.ts";
import { someRequest } from "../fakes/wanted.ts";
import { createJobScene, newerHead, someCommand, type JobScene } from "./job-scene.ts";

const refused = new CodeHostError("GitHub refused it", { outcome: "refused", status: 403, retryable: false });
const broken = new CodeHostError("GraphQL answers 502", { outcome: "unknown", status: 502, retryable: true });
const unreachable = new CodeHostError("no route to GitHub", { outcome: "not_sent", retryable: true });
const fails = (error: Error) => async (): Promise<never> => {
  throw error;
};
const { headSha } = somePullRequest();

let scene: JobScene;
beforeEach(() => {
  scene = createJobScene();
});

const withFindings = (): void => {
  scene.review = async ({ runId }) => {
    const finding = someFinding();
    return someResult({ runId, findings: [finding], judged: [finding.judged] });
  };
};

const last = { attempt: 9, lastAttempt: true };

describe("a job that fails where no run could begin", () => {
  interface Row {
    readonly what: string;
    readonly error: Error;
    readonly attempt: object;
    readonly reason: string;
  }
  it.each<Row>([
    { what: "the last try to read the pull request", error: broken, attempt: last, reason: "GraphQL answers 502" },
    { what: "a refusal to read it", error: refused, attempt: {}, reason: "GitHub refused it" },
    { what: "a defect of ours", error: new TypeError("x"), attempt: last, reason: "an error in the reviewer" },
  ])("says so to whoever commanded, once, after $what", async ({ error, attempt, reason }) => {
    await scene.ask(someCommand("command"));
    // Only the reading of the pull request fails, as it does when GraphQL is down and REST is not.
    scene.broken = { readPullRequest: fails(error) };
    await scene.work(attempt);
    await scene.work(last);
    expect(scene.titles()).toEqual([`Could not review: ${reason}`]);
    expect(scene.host.state.checks).toMatchObject([{ headSha, plan: { conclusion: "neutral" } }]);
    expect(scene.comments()).toEqual([`Could not review: ${reason}`]);
    expect(scene.host.state.reactions).toEqual([{ subjectId: "IC_command", content: "CONFUSED" }]);
    expect(scene.answers()).toEqual(["run-1"]);
    expect(scene.failures).toEqual([error]);
  });

  it("says it in the check run alone where nobody commanded", async () => {
    await scene.ask(someRequest());
    scene.broken = { readPullRequest: fails(broken) };
    await scene.work(last);
    expect(scene.titles()).toEqual(["Could not review: GraphQL answers 502"]);
    expect(scene.comments()).toEqual([]);
    expect(scene.host.state.reactions).toEqual([]);
    expect(scene.answers()).toEqual(["run-1"]);
  });

  it("goes by the repository's policy where it can be read", async () => {
    scene.policy = { ...defaultPolicy, check: { fail_on: "never", on_error: "failure" } };
    scene.host.state.pullRequest = somePullRequest({ isFork: true });
    scene.broken = { permissionOf: fails(broken) };
    await scene.ask(someRequest());
    await scene.work(last);
    expect(scene.host.state.checks).toMatchObject([{ plan: { conclusion: "failure" } }]);
  });

  it.each([
    { what: "that is gone", host: { readHead: async () => null }, isServed: true, note: "the pull request is gone" },
    { what: "not served any more", host: {}, isServed: false, note: "the operator does not serve this owner" },
  ])("says nothing on a pull request $what", async ({ host, isServed, note }) => {
    await scene.ask(someCommand("one"));
    scene.broken = { readPullRequest: fails(broken), ...host };
    let asked = 0;
    // Served when the job began, and not any more when it gives up.
    scene.limits = { ...scene.limits, serves: async () => isServed || (asked += 1) === 1 };
    await scene.work(last);
    expect(scene.answers()).toEqual([note]);
    expect(scene.titles()).toEqual([]);
    expect(scene.comments()).toEqual([]);
  });

  it("tries a passing failure again, without a word", async () => {
    await scene.ask(someCommand("command"));
    scene.broken = { readPullRequest: fails(broken) };
    await expect(scene.work()).rejects.toBe(broken);
    expect(scene.titles()).toEqual([]);
    expect(scene.answers()).toEqual([null]);
  });

  it("leaves what is wanted open, and logs that nobody was told, where GitHub cannot be reached", async () => {
    await scene.ask(someCommand("command"));
    scene.broken = { readPullRequest: fails(broken), readHead: fails(unreachable) };
    await expect(scene.work(last)).rejects.toBe(broken);
    expect(scene.answers()).toEqual([null]);
    expect(scene.failures).toMatchObject([broken, { message: expect.stringContaining("nobody could be told") }]);
  });

  it("ends a request though GitHub refuses to be told of it", async () => {
    await scene.ask(someCommand("command"));
    scene.broken = { readPullRequest: fails(broken), writeCheck: fails(refused) };
    await scene.work(last);
    expect(scene.comments()).toEqual(["Could not review: GraphQL answers 502"]);
    expect(scene.answers()).toEqual(["run-1"]);
    expect(scene.failures).toEqual([broken, refused]);
  });
});

describe("a job whose review cannot be published", () => {
  it.each<keyof CodeHost>(["createPendingReview", "submitReview"])(
    "says so once, and leaves no pending review behind, when %s is refused",
    async (method) => {
      withFindings();
      await scene.ask(someCommand("command"));
      scene.host.failNext(method, "refused");
      await scene.work();
      expect(scene.host.state.reviews).toEqual([]);
      expect(scene.titles()).toEqual([`Could not review: fake GitHub: 403 ${method} refused`]);
      expect(scene.comments()).toEqual([`Could not review: fake GitHub: 403 ${method} refused`]);
      expect([...scene.store.state.runs.values()].map(({ record }) => record.state)).toEqual(["failed"]);
      expect(scene.answers()).toEqual(["run-1"]);
    },
  );

  it("is no failure where the review stands and only its check run is refused", async () => {
    withFindings();
    await scene.ask(someCommand("command"));
    scene.review = withChecksGone(scene);
    await scene.work();
    expect(scene.host.state.reviews.map(({ event }) => event)).toEqual(["COMMENT"]);
    expect(scene.comments().filter((text) => text.startsWith("Could not"))).toEqual([]);
    expect([...scene.store.state.runs.values()].map(({ record }) => record.state)).toEqual(["reviewed"]);
    expect(scene.answers()).toEqual(["run-1"]);
  });
});

/** The right to write check runs goes away once the one of this run is open. */
const withChecksGone = (of: JobScene): JobScene["review"] => {
  const { review } = of;
  return async (input) => {
    for (let count = 0; count < 4; count += 1) of.host.failNext("writeCheck", "refused");
    return review(input);
  };
};

describe("a head that GitHub's two APIs tell differently", () => {
  it("waits in the queue after one look, and pays for no second review", async () => {
    await scene.ask(someRequest());
    scene.broken = { readHead: async () => newerHead };
    const stale = scene.work().catch((error: unknown) => error);
    expect(await stale).toMatchObject({ retryable: true, retryAfterMs: 5_000 });
    expect(scene.reviewed).toEqual([headSha]);
    expect(scene.answers()).toEqual([null]);
    expect(await stale).toBeInstanceOf(OperationalError);
  });

  it("is not read at all where a delivery named the newer one", async () => {
    await scene.ask(someRequest(), someRequest({ id: "pushed", trigger: "synchronize", headSha: newerHead }));
    scene.broken = { readHead: async () => newerHead };
    await expect(scene.work()).rejects.toThrow("two heads");
    expect(scene.reviewed).toEqual([]);
    scene.broken = {};
    scene.host.moveHead(newerHead);
    await scene.work({ attempt: 1 });
    expect(scene.reviewed).toEqual([newerHead]);
  });
});
