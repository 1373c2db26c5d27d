import { describe, expect, it } from "vitest";
import type { PlannedReaction } from "../../src/core/plan.ts";
import { someRef } from "../fakes/pull-request.ts";
import { createWire, data, patient, privateKey, problem, rejection } from "./wire.ts";

const headSha = "a".repeat(40);
const now = "2026-03-01T12:00:00.000Z";
const conclusion = { conclusion: "neutral", title: "2 findings", summary: "Read 3 of 3 files." } as const;

const pageBefore = (nodes: readonly unknown[], startCursor: string | null = null) => ({
  pageInfo: { hasPreviousPage: startCursor !== null, startCursor },
  nodes,
});

const inPullRequest = (pullRequest: unknown) => data({ repository: { pullRequest } });

const comment = (id: string, body: string, viewerDidAuthor = true) => ({ fullDatabaseId: id, body, viewerDidAuthor });

const thread = (...nodes: readonly unknown[]) => ({ comments: { nodes } });

describe("a check run", () => {
  it("is created in progress", async () => {
    const { host, sent } = createWire([{ status: 201, body: { id: 5 } }]);
    const check = { id: null, headSha, externalId: "r1", plan: null };
    expect(await host.writeCheck(someRef, check, patient)).toEqual({ id: 5 });
    const body = { name: "codex-review", head_sha: headSha, external_id: "r1", status: "in_progress", started_at: now };
    expect(sent).toMatchObject([{ method: "POST", path: "/repos/acme/shop/check-runs", body }]);
  });

  it("is completed with its conclusion", async () => {
    const { host, sent } = createWire([{ status: 200, body: { id: 5 } }]);
    const check = { id: 5, headSha, externalId: "r1", plan: conclusion };
    expect(await host.writeCheck(someRef, check, patient)).toEqual({ id: 5 });
    const output = { title: "2 findings", summary: "Read 3 of 3 files." };
    const state = { status: "completed", conclusion: "neutral", completed_at: now, output };
    const body = { name: "codex-review", external_id: "r1", ...state };
    expect(sent).toMatchObject([{ method: "PATCH", path: "/repos/acme/shop/check-runs/5", body }]);
  });

  it("is found by its external id among those of this app", async () => {
    const token = { status: 201, body: { token: "t", expires_at: "2026-03-01T13:00:00Z" } };
    const check_runs = [
      { id: 4, external_id: null },
      { id: 5, external_id: "r1" },
    ];
    const found = { status: 200, body: { total_count: 2, check_runs } };
    const { host, sent } = createWire([token, found, found], { auth: { kind: "app", appId: "42", privateKey } });
    expect(await host.findCheck(someRef, { headSha, externalId: "r1" }, patient)).toEqual({ id: 5 });
    expect(await host.findCheck(someRef, { headSha, externalId: "r2" }, patient)).toBeNull();
    expect(sent[1]).toMatchObject({
      path: `/repos/acme/shop/commits/${headSha}/check-runs`,
      query: { check_name: "codex-review", filter: "all", per_page: "100", app_id: "42" },
    });
  });
});

describe("a comment in the conversation", () => {
  it("is created, and edited by its id", async () => {
    const { host, sent } = createWire([
      { status: 201, body: { id: 6 } },
      { status: 200, body: { id: 6 } },
    ]);
    expect(await host.writeComment(someRef, { id: null, body: "one" }, patient)).toEqual({ id: 6 });
    expect(await host.writeComment(someRef, { id: 6, body: "two" }, patient)).toEqual({ id: 6 });
    expect(sent).toMatchObject([
      { method: "POST", path: "/repos/acme/shop/issues/7/comments", body: { body: "one" } },
      { method: "PATCH", path: "/repos/acme/shop/issues/comments/6", body: { body: "two" } },
    ]);
  });

  it("is found by its marker when it is ours, the newest first", async () => {
    const nodes = [comment("1", "M"), comment("2", "M"), comment("3", "M", false), comment("4", "other")];
    const { host, sent } = createWire([inPullRequest({ comments: pageBefore(nodes, "c1") })]);
    expect(await host.findComment(someRef, "M", patient)).toEqual({ id: 2 });
    expect(sent).toHaveLength(1);
  });

  it("is looked for further back, to the end", async () => {
    const { host, sent } = createWire([
      inPullRequest({ comments: pageBefore([comment("9", "other")], "c1") }),
      inPullRequest({ comments: pageBefore([comment("8", "other")]) }),
    ]);
    expect(await host.findComment(someRef, "M", patient)).toBeNull();
    expect(sent.map(({ body }) => body["variables"])).toMatchObject([{ before: null }, { before: "c1" }]);
  });
});

describe("an answer in a thread", () => {
  it("goes to the thread by GraphQL", async () => {
    const { host, sent } = createWire([
      data({ addPullRequestReviewThreadReply: { comment: { fullDatabaseId: "3000000000" } } }),
    ]);
    const reply = { threadId: "PRRT_1", commentId: null, body: "Fixed." };
    expect(await host.replyInThread(someRef, reply, patient)).toEqual({ id: 3_000_000_000 });
    expect(sent.map(({ body }) => body["variables"])).toEqual([{ threadId: "PRRT_1", body: "Fixed." }]);
  });

  it("goes to one of its comments by REST", async () => {
    const { host, sent } = createWire([{ status: 201, body: { id: 8 } }]);
    const reply = { threadId: null, commentId: 7, body: "Fixed." };
    expect(await host.replyInThread(someRef, reply, patient)).toEqual({ id: 8 });
    expect(sent).toMatchObject([{ path: "/repos/acme/shop/pulls/7/comments/7/replies", body: { body: "Fixed." } }]);
  });

  it("needs one of both", async () => {
    const { host } = createWire([]);
    const reply = { threadId: null, commentId: null, body: "Fixed." };
    expect(await rejection(host.replyInThread(someRef, reply, patient))).toBeInstanceOf(TypeError);
  });

  it("is found by its marker in any thread when it is ours", async () => {
    const reviewThreads = pageBefore([thread(comment("1", "x"), comment("2", "M")), thread(comment("3", "M", false))]);
    const { host } = createWire([inPullRequest({ reviewThreads })]);
    expect(await host.findReply(someRef, "M", patient)).toEqual({ id: 2 });
  });
});

describe("reactions", () => {
  const reactions: readonly PlannedReaction[] = [
    { subjectId: "PR_1", content: "THUMBS_UP", action: "add" },
    { subjectId: "IC_2", content: "EYES", action: "remove" },
  ];

  it("go in one mutation, however many", async () => {
    const { host, sent } = createWire([data({ r0: null, r1: null })]);
    await host.react(someRef, reactions, patient);
    expect(sent.map(({ body }) => body["variables"])).toEqual([
      { s0: "PR_1", c0: "THUMBS_UP", s1: "IC_2", c1: "EYES" },
    ]);
    expect(sent[0]?.body["query"]).toMatch(/r0: addReaction.*r1: removeReaction/s);
  });

  it("send nothing where there are none", async () => {
    const { host, sent } = createWire([]);
    await host.react(someRef, [], patient);
    expect(sent).toEqual([]);
  });

  it.each([
    { title: "a comment that was deleted", answer: problem("NOT_FOUND", ["r0"]) },
    { title: "a reaction that is gone", answer: problem("UNPROCESSABLE", ["r1"]) },
  ])("do not mind $title", async ({ answer }) => {
    const { host } = createWire([answer]);
    expect(await host.react(someRef, reactions, patient)).toBeUndefined();
  });

  it("fail when one cannot be added", async () => {
    const { host } = createWire([problem("UNPROCESSABLE", ["r0"])]);
    expect(await rejection(host.react(someRef, reactions, patient))).toMatchObject({ outcome: "refused" });
  });
});
