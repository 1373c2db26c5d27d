import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { someRef } from "../fakes/pull-request.ts";
import { createWire, data, patient, privateKey, rejection, type Reply } from "./wire.ts";

const app = { auth: { kind: "app", appId: 42, privateKey } } as const;

let repository = 5000;
/** Octokit shares requests under way between all apps of a process, so every test has a repository of its own. */
const freshRef = () => {
  repository += 1;
  return { ...someRef, repositoryId: repository };
};

const token = (text: string, expires = "2026-03-01T13:00:00Z"): Reply => ({
  status: 201,
  body: { token: text, expires_at: expires, permissions: {}, repository_selection: "selected" },
});

const head = (repositoryId: number) =>
  data({ repository: { databaseId: repositoryId, pullRequest: { headRefOid: "abc" } } });

const created: Reply = { status: 201, body: { id: 9 } };

describe("tokens of an app", () => {
  it("are for one repository and for the permissions of their step alone", async () => {
    const ref = freshRef();
    const { host, sent } = createWire(
      [token("t1"), head(ref.repositoryId), token("t2"), created, token("t3"), created, token("t4")],
      app,
    );
    await host.readHead(ref, patient);
    await host.writeComment(ref, { id: null, body: "x" }, patient);
    await host.writeCheck(ref, { id: null, headSha: "a".repeat(40), externalId: "r", plan: null }, patient);
    await host.gitAccess(ref, patient);
    const asked = sent.filter(({ path }) => path === "/app/installations/11/access_tokens");
    expect(asked.map(({ body }) => body)).toEqual([
      { repository_ids: [ref.repositoryId], permissions: { contents: "read", pull_requests: "read", issues: "read" } },
      { repository_ids: [ref.repositoryId], permissions: { pull_requests: "write", issues: "write" } },
      { repository_ids: [ref.repositoryId], permissions: { checks: "write" } },
      { repository_ids: [ref.repositoryId], permissions: { contents: "read" } },
    ]);
    expect(sent.map(({ authorization }) => authorization.replace(/^bearer .*/, "jwt"))).toEqual([
      "jwt",
      "token t1",
      "jwt",
      "token t2",
      "jwt",
      "token t3",
      "jwt",
    ]);
  });

  it("are asked for once by callers that come together", async () => {
    const ref = freshRef();
    const { host, sent } = createWire([token("t1"), head(ref.repositoryId), head(ref.repositoryId)], app);
    const heads = await Promise.all([host.readHead(ref, patient), host.readHead(ref, patient)]);
    expect(heads).toEqual(["abc", "abc"]);
    expect(sent.map(({ path }) => path)).toEqual(["/app/installations/11/access_tokens", "/graphql", "/graphql"]);
  });

  it("are kept, and renewed five minutes before their end", async () => {
    const ref = freshRef();
    const { host, sent, clock } = createWire(
      [
        token("t1"),
        head(ref.repositoryId),
        head(ref.repositoryId),
        token("t2", "2026-03-01T14:00:00Z"),
        head(ref.repositoryId),
      ],
      app,
    );
    await host.readHead(ref, patient);
    clock.advance(54 * 60_000);
    await host.readHead(ref, patient);
    clock.advance(2 * 60_000);
    await host.readHead(ref, patient);
    expect(sent.filter(({ path }) => path === "/graphql").map(({ authorization }) => authorization)).toEqual([
      "token t1",
      "token t1",
      "token t2",
    ]);
  });

  it("are replaced once when GitHub refuses one midway, and a write is then sent again", async () => {
    const ref = freshRef();
    const unauthorized: Reply = { status: 401, body: { message: "Bad credentials" } };
    const { host, sent } = createWire([token("t1"), unauthorized, token("t2"), created], app);
    expect(await host.writeComment(ref, { id: null, body: "x" }, patient)).toEqual({ id: 9 });
    expect(sent.at(-1)?.authorization).toBe("token t2");
  });

  it("are not replaced twice", async () => {
    const ref = freshRef();
    const unauthorized: Reply = { status: 401, body: { message: "Bad credentials" } };
    const { host, sent } = createWire([token("t1"), unauthorized, token("t2"), unauthorized], app);
    const error = await rejection(host.writeComment(ref, { id: null, body: "x" }, patient));
    expect(error).toMatchObject({ name: "CodeHostError", status: 401, outcome: "refused", retryable: false });
    expect(sent).toHaveLength(4);
  });

  it.each([
    { why: "uninstalled", status: 404, message: "Not Found" },
    { why: "suspended", status: 403, message: "This installation has been suspended" },
    {
      why: "without the repository",
      status: 422,
      message: "There is at least one repository that does not exist or is not accessible to the parent installation.",
    },
  ])("are missing for an app that is $why: then nothing is there to read", async ({ status, message }) => {
    const ref = freshRef();
    const { host } = createWire(
      [
        { status, body: { message } },
        { status, body: { message } },
      ],
      app,
    );
    expect(await host.readPullRequest(ref, patient)).toBeNull();
    const error = await rejection(host.writeComment(ref, { id: null, body: "x" }, patient));
    expect(error).toMatchObject({ outcome: "not_sent", accessGone: true, retryable: false });
  });

  it("are missing for an app that was granted less than it asks for: that is an error", async () => {
    const message = "The permissions requested are not granted to this installation.";
    const { host } = createWire([{ status: 422, body: { message } }], app);
    const error = await rejection(host.readHead(freshRef(), patient));
    expect(error).toMatchObject({ outcome: "not_sent", accessGone: false, retryable: false });
  });

  it("are asked for again when GitHub fails, so that the write is not lost", async () => {
    const { host, clock } = createWire([{ status: 502 }, token("t1"), created], app);
    expect(await host.writeComment(freshRef(), { id: null, body: "x" }, patient)).toEqual({ id: 9 });
    expect(clock.slept).toEqual([500]);
  });

  it("are not waited for by a caller who gave up", async () => {
    const stop = new AbortController();
    const { host } = createWire([token("t1")], app);
    const waiting = rejection(host.readHead(freshRef(), stop.signal));
    const reason = new Error("closed");
    stop.abort(reason);
    expect(await waiting).toBe(reason);
  });

  it("reach git as a header's value", async () => {
    const { host } = createWire([token("t1")], app);
    const basic = Buffer.from("x-access-token:t1").toString("base64");
    const expected = { url: "https://github.test/acme/shop.git", authorization: `Basic ${basic}` };
    expect(await host.gitAccess(freshRef(), patient)).toEqual(expected);
  });

  it.each<{ readonly title: string; readonly reply: Reply }>([
    { title: "a refusal", reply: { status: 403, body: { message: "Resource not accessible by integration" } } },
    { title: "a failure", reply: { status: 500 } },
    { title: "a reset", reply: { broken: "ECONNRESET" } },
    { title: "an answer of another form", reply: { status: 201, body: { ident: 1 } } },
  ])("stand in no error: $title", async ({ reply }) => {
    const { host } = createWire([token("ghs_secret_token"), reply], app);
    const error = await rejection(host.writeComment(freshRef(), { id: null, body: "x" }, patient));
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain("ghs_secret_token");
  });
});

describe("a plain token", () => {
  it("is used as it is for every step", async () => {
    const { host, sent } = createWire([head(someRef.repositoryId), created]);
    await host.readHead(someRef, patient);
    await host.writeComment(someRef, { id: null, body: "x" }, patient);
    expect(sent.map(({ authorization }) => authorization)).toEqual(["token plain-token", "token plain-token"]);
  });

  it("has no replacement when GitHub refuses it", async () => {
    const { host } = createWire([{ status: 401, body: { message: "Bad credentials" } }]);
    const error = await rejection(host.readHead(someRef, patient));
    expect(error).toMatchObject({ status: 401, outcome: "refused", retryable: false });
  });
});
