import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Simulator } from "../../src/simulator/simulator.ts";
import { appToken, client, simulated, webhookSecret, withPullRequest } from "./simulated.ts";
import { receiveWebhooks } from "./webhook-receiver.ts";
import type { Received } from "./webhook-receiver.ts";

const pull = { repo: "acme/shop", number: 1 };
const named = (received: readonly Received[]) =>
  received.map(({ headers, payload }) => [headers["x-github-event"], payload["action"]].join("."));

const setUp = async (answer?: (nth: number) => number | "never") => {
  const webhook = await receiveWebhooks(answer);
  const { github, stop } = await simulated({ limits: { webhookTimeoutMs: 150 } });
  const { app } = await withPullRequest(github, { draft: true });
  github.setWebhookUrl(webhook.url);
  const stopAll = async (): Promise<void> => {
    webhook.stop();
    await stop();
  };
  return { github, app, received: webhook.received, stop: stopAll };
};

let github: Simulator;
let app: ReturnType<typeof client>;
let received: readonly Received[];
let stop: () => Promise<void>;

beforeEach(async () => {
  ({ github, app, received, stop } = await setUp());
});
afterEach(() => stop());

describe("a delivery", () => {
  it("is signed over its raw body and names event and GUID", async () => {
    github.markReady(pull);
    await github.settled();
    const [delivery] = received;
    const digest = createHmac("sha256", webhookSecret)
      .update(delivery?.body ?? "")
      .digest("hex");
    expect(delivery?.headers).toMatchObject({
      "x-github-event": "pull_request",
      "x-hub-signature-256": `sha256=${digest}`,
      "x-github-delivery": expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f-]{27}$/),
      "content-type": "application/json",
    });
    expect(delivery?.payload).toMatchObject({
      action: "ready_for_review",
      number: 1,
      pull_request: { draft: false },
      installation: { id: github.repository("acme/shop").installationId },
    });
  });

  it("of a push says what was there before and after", async () => {
    const before = github.pull(pull).headSha;
    const after = await github.push("acme/shop", "feature", { files: { "more.txt": "more\n" }, login: "alice" });
    await github.settled();
    expect(received.map(({ payload }) => payload)).toMatchObject([
      { action: "synchronize", before, after, pull_request: { head: { sha: after } }, sender: { login: "alice" } },
    ]);
  });

  it("of a changed base says what it was", async () => {
    await github.push("acme/shop", "release", { from: "main", files: { "r.txt": "r\n" } });
    await github.retarget(pull, "release");
    await github.settled();
    expect(received.map(({ payload }) => payload)).toMatchObject([
      { action: "edited", changes: { base: { ref: { from: "main" } } }, pull_request: { base: { ref: "release" } } },
    ]);
  });

  it("of the App's own words says that a bot sent it", async () => {
    await app.send("POST /repos/acme/shop/issues/1/comments", { body: "Hello." });
    const line = { path: "src/pay.ts", line: 11, side: "RIGHT", body: "Why?" };
    await app.send("POST /repos/acme/shop/pulls/1/reviews", { event: "COMMENT", body: "A look.", comments: [line] });
    await github.settled();
    const events = ["issue_comment.created", "pull_request_review.submitted", "pull_request_review_comment.created"];
    expect(named(received).toSorted()).toEqual(events);
    for (const { payload } of received)
      expect(payload).toMatchObject({ sender: { type: "Bot", login: "codex-review[bot]" } });
    const comment = received.find(({ headers }) => headers["x-github-event"] === "issue_comment");
    expect(comment?.payload).toMatchObject({
      comment: { performed_via_github_app: { id: 4711 } },
      issue: { pull_request: {} },
    });
  });

  it("of a pending review is not made until it is submitted", async () => {
    await app.send("POST /repos/acme/shop/pulls/1/reviews", { body: "A look." });
    await github.settled();
    expect(received).toEqual([]);
  });

  it("of a comment on a plain issue has no pull request in it", async () => {
    github.comment(
      github.createIssue({ repo: "acme/shop", title: "A bug", author: "carol" }),
      "carol",
      "@codex review",
    );
    await github.settled();
    expect(received[0]?.payload["issue"]).not.toHaveProperty("pull_request");
  });

  it("is not made where the App is not installed", async () => {
    github.uninstall("acme/shop");
    github.comment(pull, "alice", "@codex review");
    await github.settled();
    expect(named(received)).toEqual(["installation_repositories.removed"]);
  });

  it("of a pull request from a deleted fork has no head repository", async () => {
    const fork = await github.fork("acme/shop", "dave");
    await github.push(fork.fullName, "fix", { files: { "fix.txt": "fixed\n" } });
    const forked = await github.openPullRequest({ repo: "acme/shop", head: "dave:fix", title: "Fix", author: "dave" });
    github.deleteFork(fork.fullName);
    github.closePullRequest(forked);
    await github.settled();
    expect(received.map(({ payload }) => payload)).toMatchObject([
      { action: "opened", pull_request: { head: { label: "dave:fix", repo: { full_name: "dave/shop", fork: true } } } },
      { action: "closed", pull_request: { head: { label: "dave:fix", repo: null } } },
    ]);
  });
});

const list = async (query = "") => client(github, appToken()).send(`GET /app/hook/deliveries${query}`);

describe("the log", () => {
  it("keeps what was sent and what came back, newest first, in pages by cursor", async () => {
    for (const body of ["one", "two", "three"]) {
      github.comment(pull, "alice", body);
      await github.settled();
    }
    const first = await list("?per_page=2");
    expect(first.body).toMatchObject([{ status: "OK", status_code: 202, event: "issue_comment" }, {}]);
    const next = /<[^>]*(\?[^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1];
    const second = await list(next);
    expect(second.body).toHaveLength(1);
    expect(second.headers.get("link")).toBeNull();
    const [oldest] = github.deliveries();
    const whole = await client(github, appToken()).send(`GET /app/hook/deliveries/${oldest?.id}`);
    expect(whole.body).toMatchObject({
      guid: oldest?.guid,
      request: { payload: { comment: { body: "one" } }, headers: { "x-github-event": "issue_comment" } },
      response: { payload: "seen" },
    });
  });

  it("lists failures alone where that is asked", async () => {
    github.webhookFaults.add({ kind: "lose" });
    for (const body of ["one", "two"]) github.comment(pull, "alice", body);
    await github.settled();
    expect((await list("?status=failure")).body).toMatchObject([{ status_code: 502 }]);
    expect((await list("?status=success")).body).toMatchObject([{ status_code: 202 }]);
  });

  it("sends one again with its GUID when it is asked to, and never by itself", async () => {
    github.comment(pull, "alice", "one");
    await github.settled();
    const [delivery] = github.deliveries();
    const answer = await client(github, appToken()).send(`POST /app/hook/deliveries/${delivery?.id}/attempts`);
    await github.settled();
    expect(answer.status).toBe(202);
    expect(received.map(({ headers }) => headers["x-github-delivery"])).toEqual([delivery?.guid, delivery?.guid]);
    expect(github.deliveries()).toMatchObject([{ redelivery: false }, { redelivery: true, guid: delivery?.guid }]);
    expect(github.deliveries()[1]?.id).not.toBe(delivery?.id);
  });

  it.each([
    { title: "a refusal", answer: () => 503, status: "Invalid HTTP Response: 503", statusCode: 503 },
    { title: "no answer in time", answer: () => "never" as const, status: "timed out", statusCode: 504 },
  ])("says of $title what it was, and nothing is sent again", async ({ answer, status, statusCode }) => {
    const other = await setUp(answer);
    other.github.comment(pull, "alice", "one");
    await other.github.settled();
    expect(other.github.deliveries()).toMatchObject([{ status, statusCode }]);
    expect(other.received).toHaveLength(1);
    await other.stop();
  });

  it("is empty where no webhook URL is set", async () => {
    github.setWebhookUrl(null);
    github.comment(pull, "alice", "one");
    await github.settled();
    expect(github.deliveries()).toEqual([]);
    expect(await client(github, appToken()).send("GET /app/hook/config")).toMatchObject({
      body: { content_type: "json" },
    });
  });
});

const bodies = () =>
  received.map(({ payload }) => JSON.stringify(payload["comment"])).map((text) => /"body":"(\w+)"/.exec(text)?.[1]);

describe("a webhook fault", () => {
  it("loses a delivery and leaves it in the log", async () => {
    github.webhookFaults.add({ kind: "lose", match: { event: "issue_comment" } });
    for (const body of ["one", "two"]) github.comment(pull, "alice", body);
    await github.settled();
    expect(bodies()).toEqual(["two"]);
    expect(github.deliveries()).toHaveLength(2);
    expect(github.deliveries().find(({ body }) => body.includes('"body":"one"'))).toMatchObject({ statusCode: 502 });
  });

  it("loses it from the log as well", async () => {
    github.webhookFaults.add({ kind: "vanish" });
    github.comment(pull, "alice", "one");
    await github.settled();
    expect([...received, ...github.deliveries()]).toEqual([]);
  });

  it("sends it twice with one GUID", async () => {
    github.webhookFaults.add({ kind: "duplicate" });
    github.comment(pull, "alice", "one");
    await github.settled();
    expect(received).toHaveLength(2);
    expect(new Set(received.map(({ headers }) => headers["x-github-delivery"])).size).toBe(1);
  });

  it("holds it until the next was sent", async () => {
    github.webhookFaults.add({ kind: "reorder" });
    for (const body of ["one", "two"]) github.comment(pull, "alice", body);
    await github.settled();
    expect(bodies()).toEqual(["two", "one"]);
  });

  it("delays it", async () => {
    github.webhookFaults.add({ kind: "delay", delayMs: 60 });
    for (const body of ["one", "two"]) github.comment(pull, "alice", body);
    await github.settled();
    expect(bodies()).toEqual(["two", "one"]);
  });
});
