import { generateKeyPairSync } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { policySchema } from "../../src/core/policy.ts";
import type { Permission, PullRequestSnapshot } from "../../src/core/pull-request.ts";
import { CodeHostError } from "../../src/review/errors.ts";
import { createDeliveryHandler } from "../../src/webhook/create-delivery-handler.ts";
import type { HandlerDeps } from "../../src/webhook/handler-deps.ts";
import { createFakeCodeHost, type FakeCodeHost } from "../fakes/fake-code-host.ts";
import { createFakeQueue, type FakeQueue } from "../fakes/fake-queue.ts";
import { createFakeRepository } from "../fakes/fake-repository.ts";
import { createFakeStore, type FakeStore } from "../fakes/fake-store.ts";
import { somePullRequest, someRef } from "../fakes/pull-request.ts";
import { someRun } from "../fakes/run.ts";
import { someDelivery, someRequest, want } from "../fakes/wanted.ts";
import * as payloads from "./payload.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

let store: FakeStore;
let queue: FakeQueue;
let host: FakeCodeHost;
let policy: Readonly<Record<string, unknown>>;
let limits: HandlerDeps["limits"];
let forgotten: number[];
/** One handler for all tests, as Probot takes its time to start; what it works on is set anew for each. */
let handle: Awaited<ReturnType<typeof createDeliveryHandler>>;

beforeAll(async () => {
  const deps: HandlerDeps = {
    get deliveries() {
      return store.deliveries;
    },
    get wanted() {
      return store.wanted;
    },
    get queue() {
      return queue;
    },
    get host() {
      return host;
    },
    get runs() {
      return store.runs;
    },
    get limits() {
      return limits;
    },
    repository: { ...createFakeRepository({}).repository, forget: async (id) => void forgotten.push(id) },
    policyOf: () => ({ policy: policySchema.parse(policy) }),
  };
  handle = await createDeliveryHandler(deps, { appId: payloads.ownAppId, privateKey, secret: "s" });
});

beforeEach(() => {
  store = createFakeStore();
  queue = createFakeQueue();
  host = createFakeCodeHost();
  policy = {};
  limits = { forks: "members", serves: async () => true };
  forgotten = [];
});

const deliver = async (event: string, payload: { readonly action: string }, guid = "guid-1"): Promise<void> => {
  const delivery = someDelivery({ guid, event, action: payload.action, payload: JSON.stringify(payload) });
  await store.deliveries.transaction((connection) => store.deliveries.insertDelivery(delivery, connection));
  await handle(guid, AbortSignal.timeout(10_000));
};

const say = (body: string, login = "stranger", guid = "guid-1"): Promise<void> =>
  deliver("issue_comment", payloads.commentPayloads.issue_comment({ body, by: { login, type: "User" } }), guid);

const permit = (permission: Permission, login = "stranger"): void => {
  host.state.permissions = new Map([[login, permission]]);
};

const change = (over: Partial<PullRequestSnapshot>): void => {
  host.state.pullRequest = somePullRequest(over);
};

const reactions = (): readonly string[] => host.state.reactions.map(({ content }) => content);
const comments = (): readonly string[] => (host.state.pullRequest?.ownComments ?? []).map(({ body }) => body);

describe("a command of somebody who may give it", () => {
  beforeEach(() => permit("write"));

  it("gets the eyes, is wanted and gets a job", async () => {
    await say("@codex security review the login");
    expect(host.state.reactions).toEqual([{ subjectId: "C_9001", content: "EYES" }]);
    expect(await store.wanted.unanswered(someRef)).toEqual([
      {
        id: "guid-1",
        trigger: "command",
        headSha: null,
        focus: "the login",
        mode: "security",
        requester: "stranger",
        source: { kind: "issue_comment", id: 9001, nodeId: "C_9001" },
        receivedAt: someDelivery().receivedAt,
      },
    ]);
    expect(queue.sent).toEqual([{ kind: "pull_request", pullRequest: someRef }]);
    expect(comments()).toEqual([]);
    expect(store.state.deliveries.get("guid-1")?.handled).toBe(true);
  });

  it.each(["pull_request_review_comment", "pull_request_review"] as const)(
    "is taken from a %s as well",
    async (event) => {
      const by = { login: "stranger", type: "User" };
      await deliver(event, payloads.commentPayloads[event]({ body: "@codex review", by }));
      expect(await store.wanted.unanswered(someRef)).toMatchObject([{ id: "guid-1", focus: null }]);
    },
  );

  it("is wanted once, however often its job comes again", async () => {
    await say("@codex review");
    await handle("guid-1", AbortSignal.timeout(10_000));
    expect(await store.wanted.unanswered(someRef)).toHaveLength(1);
    expect(reactions()).toEqual(["EYES"]);
  });

  it("goes by the handle of the repository's policy, whoever else is addressed", async () => {
    policy = { commands: { mention: "@robot" } };
    await say("@codex review fast\n\n@robot review slowly");
    expect(await store.wanted.unanswered(someRef)).toMatchObject([{ focus: "slowly" }]);
  });

  it("is nobody's business when it is for another handle", async () => {
    await say("@mona review");
    expect(queue.sent).toEqual([]);
    expect(host.state.calls).toEqual(["readPullRequest"]);
  });

  it("lists the commands once on `help`, in code spans alone", async () => {
    await say("@codex help");
    await handle("guid-1", AbortSignal.timeout(10_000));
    expect(comments()).toHaveLength(1);
    expect(comments()[0]).toContain("`@codex security review`");
    expect(comments()[0]?.replaceAll(/`[^`]*`/g, "")).not.toContain("@");
  });

  it("is answered in the thread where it was written", async () => {
    const by = { login: "stranger", type: "User" };
    const payload = payloads.commentPayloads.pull_request_review_comment({ body: "@codex reviw", by });
    await deliver("pull_request_review_comment", payload);
    expect(host.state.replies).toMatchObject([{ threadId: "of comment 9001" }]);
    expect(comments()).toEqual([]);
  });

  it("is told when the pull request is closed, and wants nothing", async () => {
    change({ state: "merged" });
    await say("@codex review");
    expect(comments()).toMatchObject([expect.stringContaining("closed")]);
    expect(queue.sent).toEqual([]);
  });

  it("is told once where the policy publishes nothing: no eyes, and nothing wanted", async () => {
    policy = { publish: "off" };
    await say("@codex review", "stranger", "guid-1");
    await say("@codex security review", "stranger", "guid-2");
    expect(comments()).toMatchObject([expect.stringContaining("`publish: off`")]);
    expect(host.state.reactions).toEqual([]);
    expect(queue.sent).toEqual([]);
  });
});

describe("who may give commands", () => {
  const fork = { isFork: true, author: "stranger" };
  const byAuthor = { author: "stranger" };

  interface Row {
    readonly who: string;
    readonly permission: Permission;
    readonly commands?: object;
    readonly snapshot?: Partial<PullRequestSnapshot>;
    readonly forks?: "all";
    readonly allowed: boolean;
  }
  it.each<Row>([
    { who: "a writer", permission: "write", allowed: true },
    { who: "an admin", permission: "admin", allowed: true },
    { who: "who triages", permission: "triage", allowed: false },
    { who: "who triages, if enough", permission: "triage", commands: { who: "triage" }, allowed: true },
    { who: "a stranger", permission: "none", allowed: false },
    { who: "a reader, if enough", permission: "read", commands: { who: "read" }, allowed: true },
    { who: "the author", permission: "read", snapshot: byAuthor, allowed: true },
    { who: "an author", permission: "read", commands: { author: false }, snapshot: byAuthor, allowed: false },
    { who: "a fork's author", permission: "read", snapshot: fork, allowed: false },
    { who: "a fork's author under `all`", permission: "read", snapshot: fork, forks: "all", allowed: true },
    {
      who: "a fork's reader",
      permission: "read",
      commands: { who: "read" },
      snapshot: { isFork: true },
      allowed: false,
    },
    { who: "a fork's writer", permission: "write", snapshot: { isFork: true }, allowed: true },
  ])("$who: $allowed", async ({ permission, allowed, ...scene }) => {
    permit(permission);
    policy = { commands: scene.commands ?? {} };
    change(scene.snapshot ?? {});
    limits = { ...limits, forks: scene.forks ?? "members" };
    await say("@codex review");
    expect(reactions()).toEqual([allowed ? "EYES" : "CONFUSED"]);
    expect(queue.sent).toHaveLength(allowed ? 1 : 0);
    expect(comments()).toHaveLength(allowed ? 0 : 1);
  });

  it("is said once on a pull request, and by a reaction each time", async () => {
    await say("@codex review", "stranger", "guid-1");
    await say("@codex review please", "stranger", "guid-2");
    expect(comments()).toHaveLength(1);
    expect(comments()[0]).toContain("Commands are for people with write access");
    expect(host.state.calls.filter((call) => call === "react")).toHaveLength(2);
  });

  it("is said once to two who ask at the same time", async () => {
    // Both look for the sentence before either has written it.
    const looks: (() => void)[] = [];
    const { findComment } = host;
    host = {
      ...host,
      findComment: async (...asked) => {
        const found = await findComment(...asked);
        await new Promise<void>((resolve) => {
          looks.push(resolve);
          setTimeout(resolve, 50);
          if (looks.length === 2) for (const go of looks) go();
        });
        return found;
      },
    };
    await Promise.all([say("@codex review", "one", "guid-1"), say("@codex review", "two", "guid-2")]);
    expect(comments()).toHaveLength(1);
    expect(reactions()).toEqual(["CONFUSED"]);
  });

  it("is said by the command that began to say it, when its job comes again", async () => {
    host.failNext("writeComment", "not_sent");
    await expect(say("@codex review", "one", "guid-1")).rejects.toBeInstanceOf(CodeHostError);
    await handle("guid-1", AbortSignal.timeout(10_000));
    expect(comments()).toHaveLength(1);
  });

  it("is not said to somebody who only talks", async () => {
    await say("@codex is a strange name");
    expect(reactions()).toEqual([]);
    expect(comments()).toEqual([]);
  });

  it("is nobody where the operator does not serve the owner", async () => {
    permit("admin");
    limits = { ...limits, serves: async () => false };
    await say("@codex review");
    expect(host.state.calls).toEqual([]);
  });
});

describe("a handler that fails", () => {
  beforeEach(() => permit("write"));

  it("hands on the error itself, leaves the delivery open, and finishes when it is tried again", async () => {
    host.failNext("react", "lost_after");
    await expect(say("@codex review")).rejects.toBeInstanceOf(CodeHostError);
    expect(store.state.deliveries.get("guid-1")?.handled).toBe(false);
    await handle("guid-1", AbortSignal.timeout(10_000));
    expect(reactions()).toEqual(["EYES"]);
    expect(queue.sent).toHaveLength(1);
  });

  it("says a sentence once, though the answer to it was lost", async () => {
    host.failNext("writeComment", "lost_after");
    await expect(say("@codex help")).rejects.toBeInstanceOf(CodeHostError);
    await handle("guid-1", AbortSignal.timeout(10_000));
    expect(comments()).toHaveLength(1);
  });

  it("has nobody left to answer where the App has no access any more", async () => {
    host = {
      ...host,
      readPullRequest: async () => {
        throw new CodeHostError("suspended", { outcome: "refused", retryable: false, status: 403, accessGone: true });
      },
    };
    await say("@codex review");
    expect(store.state.deliveries.get("guid-1")?.handled).toBe(true);
    expect(queue.sent).toEqual([]);
  });

  it("does nothing for a delivery whose repository was forgotten", async () => {
    await handle("guid-of-long-ago", AbortSignal.timeout(10_000));
    expect(host.state.calls).toEqual([]);
  });
});

const open = async (): Promise<readonly string[]> =>
  (await store.wanted.unanswered(someRef)).map((request) => request.id);

describe("a pull request that is closed or made a draft", () => {
  beforeEach(async () => {
    await want(store.deliveries, someRequest({ id: "by itself" }));
    await want(store.deliveries, someRequest({ id: "asked", trigger: "command" }));
  });
  it.each<[string, Partial<PullRequestSnapshot>]>([
    ["closed", { state: "closed" }],
    ["converted_to_draft", { isDraft: true }],
  ])("%s takes back what it wanted by itself, and no command", async (action, over) => {
    change(over);
    await deliver("pull_request", payloads.pullRequestPayload(action));
    expect(await open()).toEqual(["asked"]);
  });

  it("keeps what it wants when it was opened again before anybody looked", async () => {
    await deliver("pull_request", payloads.pullRequestPayload("closed"));
    expect(await open()).toEqual(["by itself", "asked"]);
  });
});

const minute = (at: number): Date => new Date(someDelivery().receivedAt.getTime() + at * 60_000);

describe("a pull request that is closed and opened again while GitHub is asked", () => {
  it.each([
    ["after the closing", minute(1)],
    ["in the same moment", minute(0)],
  ])("keeps what was asked for %s", async (_when, receivedAt) => {
    await want(store.deliveries, someRequest({ id: "by itself", receivedAt: minute(-1) }));
    const { readPullRequest } = host;
    host = {
      ...host,
      readPullRequest: async (ref, signal) => {
        change({ state: "closed" });
        const closed = await readPullRequest(ref, signal);
        await want(store.deliveries, someRequest({ id: "opened again", trigger: "reopened", receivedAt }));
        return closed;
      },
    };
    await deliver("pull_request", payloads.pullRequestPayload("closed"));
    expect(await open()).toEqual(["opened again"]);
  });

  it("keeps what was asked for after the closing, though GitHub still shows it as closed", async () => {
    await want(store.deliveries, someRequest({ id: "opened again", trigger: "reopened", receivedAt: minute(1) }));
    change({ state: "closed" });
    await deliver("pull_request", payloads.pullRequestPayload("closed"));
    expect(await open()).toEqual(["opened again"]);
  });
});

it.each(["check_run", "check_suite"] as const)("wants a review again for a fork's %s", async (event) => {
  await store.runs.start(someRun());
  await deliver(event, payloads.checkPayload(event, { isFork: true }));
  expect(await open()).toEqual([`guid-1:${someRef.number}`]);
});

describe("a merge group", () => {
  it("gets one check run that says where the review stands", async () => {
    await deliver("merge_group", payloads.mergeGroupPayload("checks_requested"));
    await handle("guid-1", AbortSignal.timeout(10_000));
    expect(host.state.checks).toMatchObject([
      { headSha: "a".repeat(40), plan: { conclusion: "success", title: "Reviewed on the pull request" } },
    ]);
  });
});

describe("a repository that is taken away", () => {
  it.each([
    ["installation", payloads.installationPayload("deleted"), [someRef.repositoryId, 102]],
    ["installation_repositories", payloads.installationRepositoriesPayload("removed"), [someRef.repositoryId]],
  ])("by %s is forgotten, mirror and rows", async (event, payload, ids) => {
    await want(store.deliveries, someRequest());
    await deliver(event, payload);
    expect(forgotten).toEqual(ids);
    expect(await store.wanted.unanswered(someRef)).toEqual([]);
  });
});

it("leaves speaking to GitHub to the CodeHost: Probot itself asks it nothing", async () => {
  const overTheWire = vi.spyOn(globalThis, "fetch");
  permit("write");
  await say("@codex review");
  await deliver("merge_group", payloads.mergeGroupPayload("checks_requested"), "guid-2");
  await deliver("installation", payloads.installationPayload("deleted"), "guid-3");
  expect(overTheWire).not.toHaveBeenCalled();
  overTheWire.mockRestore();
});
