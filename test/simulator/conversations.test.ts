import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Simulator } from "../../src/simulator/simulator.ts";
import { client, idsOf, simulated, withPullRequest } from "./simulated.ts";

let github: Simulator;
let app: ReturnType<typeof client>;
let alice: ReturnType<typeof client>;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ github, stop } = await simulated());
  ({ app } = await withPullRequest(github));
  alice = client(github, github.createUserToken("alice"));
});
afterAll(() => stop());

const pull = { repo: "acme/shop", number: 1 };
const comments = "/repos/acme/shop/issues/1/comments";

describe("a comment in the conversation", () => {
  it("by the App says so", async () => {
    expect(await app.send(`POST ${comments}`, { body: "Hello." })).toMatchObject({
      status: 201,
      body: {
        body: "Hello.",
        user: { login: "codex-review[bot]", type: "Bot" },
        performed_via_github_app: { slug: "codex-review" },
      },
    });
    expect(github.comments(pull).at(-1)).toMatchObject({ author: "codex-review[bot]", body: "Hello." });
  });

  it("by a person does not", async () => {
    expect(await alice.send(`POST ${comments}`, { body: "Hello." })).toMatchObject({
      body: { user: { login: "alice", type: "User" }, performed_via_github_app: null },
    });
  });

  it("holds 65,536 characters and not one more, and is not blank", async () => {
    expect((await app.send(`POST ${comments}`, { body: "é".repeat(65_536) })).status).toBe(201);
    expect((await app.send(`POST ${comments}`, { body: "é".repeat(65_537) })).status).toBe(422);
    expect((await app.send(`POST ${comments}`, { body: " \n" })).status).toBe(422);
  });

  it("is edited and deleted by its author alone", async () => {
    const { id } = idsOf(await app.send(`POST ${comments}`, { body: "One." }));
    const one = `/repos/acme/shop/issues/comments/${id}`;
    expect((await alice.send(`PATCH ${one}`, { body: "Two." })).status).toBe(403);
    expect(await app.send(`PATCH ${one}`, { body: "Three." })).toMatchObject({ status: 200, body: { body: "Three." } });
    expect((await alice.send(`DELETE ${one}`)).status).toBe(403);
    expect((await app.send(`DELETE ${one}`)).status).toBe(204);
    expect((await app.send(`GET ${one}`)).status).toBe(404);
  });
});

describe("a line comment", () => {
  const path = "/repos/acme/shop/pulls/1/comments";
  const line = { path: "src/pay.ts", line: 11, side: "RIGHT", body: "Why?" };

  it("stands alone in a review of its own", async () => {
    const commit_id = github.pull(pull).headSha;
    const answer = await alice.send(`POST ${path}`, { ...line, commit_id });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        line: 11,
        original_line: 11,
        position: 6,
        diff_hunk: "@@ -7,7 +7,8 @@ line 6\n line 7\n line 8\n line 9\n-line 10\n+line ten\n+line ten and a half",
      },
    });
    expect(github.reviews(pull).at(-1)).toMatchObject({ author: "alice", state: "COMMENTED", body: "" });
  });

  it("outside the diff names the field that is wrong", async () => {
    const commit_id = github.pull(pull).headSha;
    expect(await alice.send(`POST ${path}`, { ...line, commit_id, line: 20 })).toMatchObject({
      status: 422,
      body: { message: "Validation Failed", errors: [{ field: "pull_request_review_thread.line", code: "custom" }] },
    });
  });

  it("is answered in its thread, and answers are not", async () => {
    const asked = await github.commentOnLine(pull, "alice", { path: "src/pay.ts", line: 10, body: "Really?" });
    const reply = await app.send(`POST ${path}/${asked.id}/replies`, { body: "Yes." });
    expect(reply).toMatchObject({ status: 201, body: { in_reply_to_id: asked.id, path: "src/pay.ts", line: 10 } });
    expect((await app.send(`POST ${path}/${idsOf(reply).id}/replies`, { body: "Indeed." })).status).toBe(422);
    const thread = github.threads(pull).find(({ id }) => id === asked.threadId);
    expect(thread?.comments.map(({ author, body }) => `${author}: ${body}`)).toEqual([
      "alice: Really?",
      "codex-review[bot]: Yes.",
    ]);
  });
});

describe("a reaction", () => {
  it("given twice is one, and everybody has their own", async () => {
    const { id, nodeId } = github.comment(pull, "alice", "@codex review");
    const path = `/repos/acme/shop/issues/comments/${id}/reactions`;
    const first = await app.send(`POST ${path}`, { content: "eyes" });
    const second = await app.send(`POST ${path}`, { content: "eyes" });
    await alice.send(`POST ${path}`, { content: "eyes" });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(idsOf(second)).toEqual(idsOf(first));
    expect(github.reactions(nodeId)).toEqual([
      { user: "codex-review[bot]", content: "eyes" },
      { user: "alice", content: "eyes" },
    ]);
    expect((await alice.send(`DELETE ${path}/${idsOf(first).id}`)).status).toBe(403);
    expect((await app.send(`DELETE ${path}/${idsOf(first).id}`)).status).toBe(204);
    expect(github.reactions(nodeId)).toEqual([{ user: "alice", content: "eyes" }]);
    expect((await app.send(`POST ${path}`, { content: "applause" })).status).toBe(422);
  });
});

const annotations = (count: number) =>
  Array.from({ length: count }, () => ({
    path: "src/pay.ts",
    start_line: 1,
    end_line: 1,
    annotation_level: "notice",
    message: "Look.",
  }));
const output = (over: object) => ({ output: { title: "Read", summary: "All of it.", ...over } });

describe("a check run", () => {
  const runs = "/repos/acme/shop/check-runs";
  const create = (over: object = {}) =>
    app.send(`POST ${runs}`, { name: "codex-review", head_sha: github.pull(pull).headSha, ...over });
  it("is completed by its conclusion and found by commit and name", async () => {
    const { id } = idsOf(await create({ external_id: "run-1", status: "in_progress" }));
    expect(await app.send(`PATCH ${runs}/${id}`, { conclusion: "neutral", ...output({}) })).toMatchObject({
      status: 200,
      body: { status: "completed", conclusion: "neutral", external_id: "run-1", output: { title: "Read" } },
    });
    const { headSha } = github.pull(pull);
    const list = (query: string) => app.send(`GET /repos/acme/shop/commits/${headSha}/check-runs?${query}`);
    expect(await list("check_name=codex-review&app_id=4711")).toMatchObject({
      body: { total_count: 1, check_runs: [{ id }] },
    });
    expect(await list("check_name=another")).toMatchObject({ body: { total_count: 0 } });
    expect(await list("app_id=1")).toMatchObject({ body: { total_count: 0 } });
    expect(github.checkRuns(headSha)).toMatchObject([{ externalId: "run-1", conclusion: "neutral" }]);
  });

  it("takes 50 annotations a request, and adds them up", async () => {
    const { id } = idsOf(await create(output({ annotations: annotations(50) })));
    expect((await create(output({ annotations: annotations(51) }))).status).toBe(422);
    expect(await app.send(`PATCH ${runs}/${id}`, output({ annotations: annotations(2) }))).toMatchObject({
      body: { output: { annotations_count: 52 } },
    });
  });

  it.each([
    { title: "a summary over 65,535 bytes", over: output({ summary: "é".repeat(32_768) }) },
    { title: "completion without a conclusion", over: { status: "completed" } },
    { title: "a commit that does not exist", over: { head_sha: "0".repeat(40) } },
    { title: "a conclusion that is none", over: { conclusion: "splendid" } },
  ])("is refused for $title", async ({ over }) => {
    expect((await create(over)).status).toBe(422);
  });
});
