import { beforeEach, describe, expect, it } from "vitest";
import type { Permission } from "../../src/core/pull-request.ts";
import type { ReviewRequest } from "../../src/core/request.ts";
import { somePullRequest, someRef } from "../fakes/pull-request.ts";
import { someRun } from "../fakes/run.ts";
import { someRequest } from "../fakes/wanted.ts";
import { createJobScene, someCommand, type JobScene } from "./job-scene.ts";

const { author } = somePullRequest();
const rerun = someRequest({ id: "rerun", trigger: "rerun", requester: "mona" });
const manual = someRequest({ id: "manual", trigger: "manual", requester: null });

let scene: JobScene;
beforeEach(async () => {
  scene = createJobScene();
  scene.limits = { ...scene.limits, reviewsPerAuthorAndDay: 2 };
});

/** The author's runs on other pull requests, earlier on the day of the scene's clock. */
const reviewedToday = async (times: number, over: Parameters<typeof someRun>[0] = {}): Promise<void> => {
  for (let count = 0; count < times; count += 1) {
    const pullRequest = { ...someRef, number: 100 + count };
    const startedAt = new Date("2026-03-01T01:00:00Z");
    await scene.store.runs.start(someRun({ id: `earlier-${count}`, pullRequest, author, startedAt, ...over }));
  }
};

const full = `pull requests of ${author} were reviewed 2 times today`;

describe("reviews of an author's pull requests in a day", () => {
  it("end at the operator's limit, and the check run says why", async () => {
    await reviewedToday(2);
    await scene.ask(someRequest());
    await scene.work();
    expect(scene.reviewed).toEqual([]);
    expect(scene.host.state.checks).toMatchObject([
      { plan: { conclusion: "skipped", title: expect.stringContaining(full) } },
    ]);
    expect(scene.host.state.calls).not.toContain("permissionOf");
  });

  it.each<{ readonly what: string; readonly times: number; readonly over?: Parameters<typeof someRun>[0] }>([
    { what: "while one is left", times: 1 },
    { what: "the day after", times: 2, over: { startedAt: new Date("2026-02-28T23:59:59Z") } },
    { what: "when the others were somebody else's", times: 2, over: { author: "somebody-else" } },
  ])("go on $what", async ({ times, over }) => {
    await reviewedToday(times, over);
    await scene.ask(someRequest());
    await scene.work();
    expect(scene.reviewed).toHaveLength(1);
  });

  it("count a run that is taken up again once", async () => {
    await reviewedToday(1);
    await scene.ask(someRequest());
    scene.host.failNext("readHead", "not_sent");
    await expect(scene.work()).rejects.toThrow("readHead");
    await scene.work({ attempt: 1 });
    expect(scene.titles()).not.toEqual([expect.stringContaining("today")]);
  });

  it.each<{ readonly permission: Permission; readonly request: ReviewRequest; readonly runs: number }>([
    { permission: "write", request: someCommand("command"), runs: 1 },
    { permission: "admin", request: rerun, runs: 1 },
    { permission: "triage", request: someCommand("command"), runs: 0 },
    { permission: "read", request: rerun, runs: 0 },
    { permission: "none", request: manual, runs: 1 },
  ])(
    "$request.trigger of somebody with the permission $permission: $runs more",
    async ({ permission, request, runs }) => {
      await reviewedToday(2);
      scene.host.state.permissions = new Map([["mona", permission]]);
      await scene.ask(request);
      await scene.work();
      expect(scene.reviewed).toHaveLength(runs);
    },
  );
});
