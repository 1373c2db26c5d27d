import { beforeEach, describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/core/policy.ts";
import { answerRerun } from "../../src/webhook/answer-rerun.ts";
import { checkRunEvent, checkSuiteEvent } from "../../src/webhook/payloads.ts";
import { createFakeCodeHost } from "../fakes/fake-code-host.ts";
import { createFakeQueue, type FakeQueue } from "../fakes/fake-queue.ts";
import { createFakeRepository } from "../fakes/fake-repository.ts";
import { createFakeStore, type FakeStore } from "../fakes/fake-store.ts";
import { someRef } from "../fakes/pull-request.ts";
import { someRun } from "../fakes/run.ts";
import * as payloads from "./payload.ts";

const headSha = "a".repeat(40);
const delivery = { guid: "guid-1", receivedAt: new Date("2026-11-20T10:00:00Z") };

let store: FakeStore;
let queue: FakeQueue;

const rerun = async (externalId: string | null): Promise<void> => {
  const deps = {
    ...store,
    queue,
    host: createFakeCodeHost(),
    repository: createFakeRepository({}).repository,
    limits: { forks: "members", serves: async () => true } as const,
    policyOf: () => ({ policy: defaultPolicy }),
  };
  if (externalId === null) {
    const event = checkSuiteEvent.parse(payloads.checkPayload("check_suite", { isFork: true }));
    return answerRerun(deps, { ...delivery, event, check: event.check_suite });
  }
  const event = checkRunEvent.parse(payloads.checkPayload("check_run", { isFork: true, externalId }));
  return answerRerun(deps, { ...delivery, event, check: event.check_run });
};

const asked = (): readonly string[] =>
  [...store.state.requests.values()].map(({ request }) => `${request.id} ${request.trigger} ${request.requester}`);

describe("a check on a fork's pull request that is asked for again", () => {
  const other = { ...someRef, number: 9 };
  beforeEach(async () => {
    store = createFakeStore();
    queue = createFakeQueue();
    await store.runs.start(someRun({ id: "run-1", headSha }));
    await store.runs.start(someRun({ id: "run-2", headSha, pullRequest: other }));
    await store.runs.start(someRun({ id: "run-3", headSha: "c".repeat(40), pullRequest: { ...someRef, number: 10 } }));
  });

  it("is wanted of the pull request whose run it shows, once", async () => {
    await rerun("run-2");
    await rerun("run-2");
    expect(asked()).toEqual(["guid-1:9 rerun mona"]);
    expect(queue.sent).toContainEqual({ kind: "pull_request", pullRequest: other });
  });

  it("is wanted of all that were read on its commit where it shows no run", async () => {
    await rerun(null);
    expect(asked().toSorted()).toEqual([`guid-1:${someRef.number} rerun mona`, "guid-1:9 rerun mona"]);
  });

  it("is nobody's where no run read its commit", async () => {
    await store.runs.forgetRepository(someRef.repositoryId);
    await rerun("run-2");
    expect(asked()).toEqual([]);
    expect(queue.sent).toEqual([]);
  });
});
