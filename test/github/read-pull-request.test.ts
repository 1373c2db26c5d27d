import { describe, expect, it } from "vitest";
import { findingMarker, noteMarker } from "../../src/core/marker.ts";
import { someRef } from "../fakes/pull-request.ts";
import { createWire, data, patient, problem } from "./wire.ts";

const page = (nodes: readonly unknown[], endCursor: string | null = null) => ({
  pageInfo: { hasNextPage: endCursor !== null, endCursor },
  nodes,
});

const user = (login: string) => ({ kind: "User", login });
const bot = (login: string) => ({ kind: "Bot", login });

const comment = (over: Record<string, unknown> = {}) => ({
  body: "text",
  url: "https://github.test/c/1",
  viewerDidAuthor: false,
  authorAssociation: "NONE",
  author: user("stranger"),
  ...over,
});

const thread = (comments: readonly unknown[], over: Record<string, unknown> = {}) => ({
  id: "PRRT_1",
  path: "src/a.ts",
  diffSide: "RIGHT",
  line: 12,
  startLine: null,
  isResolved: false,
  comments: { nodes: comments },
  ...over,
});

const branch = (text: string | null) => ({
  target: { file: text === null ? null : { object: { text } } },
});

const pullRequest = (over: Record<string, unknown> = {}) => ({
  id: "PR_7",
  title: "Charge in cents",
  body: "Fixes rounding.",
  url: "https://github.test/acme/shop/pull/7",
  state: "OPEN",
  isDraft: true,
  authorAssociation: "MEMBER",
  viewerDidAuthor: true,
  isCrossRepository: false,
  author: user("mona"),
  headRefOid: "a".repeat(40),
  headRefName: "cents",
  headRepository: { databaseId: 101 },
  baseRefOid: "b".repeat(40),
  baseRefName: "release",
  baseRef: branch("version: 1\n"),
  labels: { nodes: [{ name: "bug" }] },
  commits: { nodes: [{ commit: { message: "Charge in cents" } }] },
  reviewThreads: page([]),
  comments: page([]),
  ...over,
});

const repository = (over: Record<string, unknown> = {}) => ({
  repository: {
    databaseId: someRef.repositoryId,
    isPrivate: true,
    defaultBranchRef: { name: "main", ...branch(null) },
    pullRequest: pullRequest(),
    ...over,
  },
});

const marked = (fingerprint: string) => ({ body: findingMarker({ runId: "r1", fingerprint }) });

const ownComment = (id: string) => ({
  fullDatabaseId: id,
  id: `IC_${id}`,
  viewerDidAuthor: true,
  body: noteMarker({ key: "summary" }),
});

const more = (body: unknown) => data({ repository: { pullRequest: body } });

describe("reading a pull request", () => {
  it("takes one request", async () => {
    const { host, sent } = createWire([data(repository())]);
    expect(await host.readPullRequest(someRef, patient)).toEqual({
      ref: someRef,
      nodeId: "PR_7",
      title: "Charge in cents",
      body: "Fixes rounding.",
      author: "mona",
      authorIsBot: false,
      authorAssociation: "MEMBER",
      isOwn: true,
      state: "open",
      isDraft: true,
      headSha: "a".repeat(40),
      headRef: "cents",
      headRepositoryId: 101,
      isFork: false,
      baseSha: "b".repeat(40),
      baseRef: "release",
      defaultBranch: "main",
      isPrivate: true,
      labels: ["bug"],
      commitMessages: ["Charge in cents"],
      linkedIssues: [],
      threads: [],
      ownComments: [],
      policyOnBase: "version: 1\n",
      policyOnDefault: null,
      url: "https://github.test/acme/shop/pull/7",
    });
    expect(sent).toHaveLength(1);
  });

  it("brings the issues that the pull request closes, in the same request", async () => {
    const issue = { number: 12, title: "Rounding", body: "0.1 + 0.2" };
    const closing = pullRequest({ closingIssuesReferences: { nodes: [issue, null] } });
    const { host, sent } = createWire([data(repository({ pullRequest: closing }))]);
    expect((await host.readPullRequest(someRef, patient))?.linkedIssues).toEqual([issue]);
    expect(sent).toHaveLength(1);
  });

  it("goes on without issues that it may not read", async () => {
    const closed = pullRequest({ closingIssuesReferences: null });
    const path = ["repository", "pullRequest", "closingIssuesReferences"];
    const { host } = createWire([problem("FORBIDDEN", path, repository({ pullRequest: closed }))]);
    expect((await host.readPullRequest(someRef, patient))?.linkedIssues).toEqual([]);
  });

  it("takes one more for each further 100 threads or comments", async () => {
    const threads = (endCursor: string | null) => page([thread([comment()])], endCursor);
    const first = pullRequest({ reviewThreads: threads("t1"), comments: page([ownComment("1")], "c1") });
    const { host, sent } = createWire([
      data(repository({ pullRequest: first })),
      more({ reviewThreads: threads("t2"), comments: page([ownComment("2")]) }),
      more({ reviewThreads: threads(null) }),
    ]);
    const snapshot = await host.readPullRequest(someRef, patient);
    expect(snapshot?.threads).toHaveLength(3);
    expect(snapshot?.ownComments.map(({ id }) => id)).toEqual([1, 2]);
    expect(sent.slice(1).map(({ body }) => body["variables"])).toMatchObject([
      { threadsAfter: "t1", moreThreads: true, commentsAfter: "c1", moreComments: true },
      { threadsAfter: "t2", moreThreads: true, commentsAfter: null, moreComments: false },
    ]);
  });

  it.each([
    { title: "a repository that is gone", answer: problem("NOT_FOUND", ["repository"], { repository: null }) },
    {
      title: "a pull request that is gone",
      answer: problem("NOT_FOUND", ["repository", "pullRequest"], repository({ pullRequest: null })),
    },
    { title: "a name that belongs to another repository by now", answer: data(repository({ databaseId: 999 })) },
  ])("answers null for $title", async ({ answer }) => {
    const { host } = createWire([answer]);
    expect(await host.readPullRequest(someRef, patient)).toBeNull();
  });

  it("reads a fork that was deleted, and a base branch that is gone", async () => {
    const fork = { isCrossRepository: true, headRepository: null, baseRef: null };
    const { host } = createWire([data(repository({ pullRequest: pullRequest(fork) }))]);
    expect(await host.readPullRequest(someRef, patient)).toMatchObject({
      isFork: true,
      headRepositoryId: null,
      policyOnBase: null,
    });
  });

  it.each([
    { author: bot("dependabot"), expected: { author: "dependabot[bot]", authorIsBot: true } },
    { author: bot("renovate[bot]"), expected: { author: "renovate[bot]", authorIsBot: true } },
    { author: null, expected: { author: "ghost", authorIsBot: false } },
  ])("names its author as policies do: $expected.author", async ({ author, expected }) => {
    const { host } = createWire([data(repository({ pullRequest: pullRequest({ author }) }))]);
    expect(await host.readPullRequest(someRef, patient)).toMatchObject(expected);
  });

  it.each([
    { author: "self", first: comment({ viewerDidAuthor: true, author: bot("codex-review") }) },
    { author: "bot", first: comment({ author: bot("other"), authorAssociation: "MEMBER" }) },
    { author: "pull_request_author", first: comment({ author: user("mona"), authorAssociation: "MEMBER" }) },
    { author: "writer", first: comment({ author: user("hubot"), authorAssociation: "COLLABORATOR" }) },
    { author: "other", first: comment({ author: user("hubot"), authorAssociation: "CONTRIBUTOR" }) },
    { author: "other", first: comment({ author: null }) },
  ])("sees a thread of $first.author.login ($first.authorAssociation) as by $author", async ({ author, first }) => {
    const reviewThreads = page([thread([first, comment({ author: user("mona") })])]);
    const { host } = createWire([data(repository({ pullRequest: pullRequest({ reviewThreads }) }))]);
    const snapshot = await host.readPullRequest(someRef, patient);
    expect(snapshot?.threads.map((each) => each.author)).toEqual([author]);
  });

  it("believes markers in its own comments alone", async () => {
    const own = { viewerDidAuthor: true };
    const note = { fullDatabaseId: "3", id: "IC_3", body: noteMarker({ key: "summary", runId: "r1" }) };
    const reviewThreads = page([
      thread([comment(marked("f1")), comment({ ...own, ...marked("f2") })]),
      thread([comment({ ...own, ...marked("f3") })]),
    ]);
    const comments = page([
      { ...note, viewerDidAuthor: false },
      { ...note, ...own, id: "IC_4", fullDatabaseId: "4" },
      { ...note, ...own, body: "an answer without a marker" },
    ]);
    const { host } = createWire([data(repository({ pullRequest: pullRequest({ reviewThreads, comments }) }))]);
    const snapshot = await host.readPullRequest(someRef, patient);
    expect(snapshot?.threads.map(({ fingerprints }) => fingerprints)).toEqual([["f2"], ["f3"]]);
    expect(snapshot?.threads.map(({ ownFinding }) => ownFinding)).toEqual([marked("f2").body, marked("f3").body]);
    expect(snapshot?.ownComments.map(({ nodeId }) => nodeId)).toEqual(["IC_4"]);
  });

  it.each([
    { apiUrl: "https://api.github.test", graphql: "https://api.github.test/graphql" },
    { apiUrl: "https://ghe.test/api/v3", graphql: "https://ghe.test/api/graphql" },
    { apiUrl: "https://ghe.test/api/v3/", graphql: "https://ghe.test/api/graphql" },
  ])("asks $graphql where REST is at $apiUrl", async ({ apiUrl, graphql }) => {
    const { host, sent } = createWire([data(repository())], { apiUrl });
    await host.readPullRequest(someRef, patient);
    expect(sent.map(({ url }) => url)).toEqual([graphql]);
  });
});

const held = (over: Record<string, boolean>, permission = "write") => ({
  status: 200,
  body: {
    permission,
    user: { permissions: { admin: false, maintain: false, push: false, triage: false, pull: false, ...over } },
  },
});

describe("the permission of a person", () => {
  it.each([
    { answer: held({ admin: true, maintain: true, push: true, triage: true, pull: true }), permission: "admin" },
    { answer: held({ maintain: true, push: true, triage: true, pull: true }), permission: "maintain" },
    { answer: held({ push: true, triage: true, pull: true }), permission: "write" },
    { answer: held({ triage: true, pull: true }, "read"), permission: "triage" },
    { answer: held({ pull: true }, "read"), permission: "read" },
    { answer: held({}, "none"), permission: "none" },
    { answer: { status: 200, body: { permission: "write", user: null } }, permission: "write" },
    { answer: { status: 404, body: { message: "ghost is not a user" } }, permission: "none" },
  ])("is $permission", async ({ answer, permission }) => {
    const { host, sent } = createWire([answer]);
    expect(await host.permissionOf(someRef, "mona", patient)).toBe(permission);
    expect(sent.map(({ path }) => path)).toEqual(["/repos/acme/shop/collaborators/mona/permission"]);
  });
});
