import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PullView, Simulator } from "../../src/simulator/simulator.ts";
import { base, changed, client, idsOf, simulated, withPullRequest } from "./simulated.ts";

let github: Simulator;
let pull: PullView;
let app: ReturnType<typeof client>;
let stop: () => Promise<void>;

beforeAll(async () => {
  const started = await simulated({ limits: { fileDiffLines: 50 } });
  ({ github, stop } = started);
  const ready = await withPullRequest(github);
  app = ready.app;
  await github.push("acme/shop", "feature", {
    files: { "large.txt": "row\n".repeat(60), "new.bin": new Uint8Array([0, 1, 2, 0]) },
  });
  pull = github.pull(ready.pull);
});
afterAll(() => stop());

const reviews = "/repos/acme/shop/pulls/1/reviews";
const say = (over: object) => ({ path: "src/pay.ts", side: "RIGHT", line: 11, body: "Why?", ...over });
const post = (over: object, ...comments: readonly object[]) =>
  app.send(`POST ${reviews}`, { commit_id: pull.headSha, body: "A look.", comments, ...over });
const drop = (review: { readonly body: unknown }) => app.send(`DELETE ${reviews}/${idsOf(review).id}`);

const notInDiff = "Pull request review thread line must be part of the diff";
const wrongOrder = "Pull request review thread start line must precede the end line.";
const otherHunk = "Pull request review thread start line must be part of the same hunk as the line.";

describe("the lines of a review", () => {
  // Hunks: -7,7 +7,8 around line 10, and -27,7 +28,6 around the removed line 30.
  it.each([
    { title: "an added line on the right", comment: say({ line: 10 }) },
    { title: "a context line on the right", comment: say({ line: 7 }) },
    { title: "the last context line of a hunk", comment: say({ line: 14 }) },
    { title: "a removed line on the left", comment: say({ line: 30, side: "LEFT" }) },
    { title: "a context line on the left", comment: say({ line: 13, side: "LEFT" }) },
    { title: "a range", comment: say({ start_line: 8, start_side: "RIGHT", line: 11 }) },
    {
      title: "a range from a removed to an added line",
      comment: say({ start_line: 10, start_side: "LEFT", line: 10 }),
    },
  ])("may be $title", async ({ comment }) => {
    const review = await post({}, comment);
    expect(review).toMatchObject({ status: 200, body: { state: "PENDING", commit_id: pull.headSha } });
    await drop(review);
  });

  it.each([
    { title: "a line between hunks", comment: say({ line: 20 }), error: notInDiff },
    { title: "the line after a hunk", comment: say({ line: 15 }), error: notInDiff },
    { title: "a line of the other side's numbering", comment: say({ line: 14, side: "LEFT" }), error: notInDiff },
    { title: "line 0", comment: say({ line: 0 }), error: notInDiff },
    { title: "a file that did not change", comment: say({ path: "README.md" }), error: "Path could not be resolved" },
    { title: "a binary file", comment: say({ path: "new.bin", line: 1 }), error: notInDiff },
    { title: "a range of one line", comment: say({ start_line: 11, start_side: "RIGHT" }), error: wrongOrder },
    { title: "a range backwards", comment: say({ start_line: 12, start_side: "RIGHT" }), error: wrongOrder },
    {
      title: "a range over two hunks",
      comment: say({ start_line: 11, start_side: "RIGHT", line: 30 }),
      error: otherHunk,
    },
    { title: "a range that starts outside", comment: say({ start_line: 3, start_side: "RIGHT" }), error: otherHunk },
    {
      title: "a file over the limits",
      comment: say({ path: "large.txt", line: 3 }),
      error: "Pull request review thread path diff too large",
    },
  ])("may not be $title", async ({ comment, error }) => {
    expect(await post({}, comment)).toMatchObject({
      status: 422,
      body: { message: "Unprocessable Entity", errors: [error] },
    });
  });

  it("are refused all together when one is bad", async () => {
    const before = github.threads(pull).length;
    expect((await post({}, say({}), say({ line: 20 }))).status).toBe(422);
    expect(github.pendingReviews(pull)).toEqual([]);
    expect(github.threads(pull)).toHaveLength(before);
  });
});

describe("a review", () => {
  it.each([
    { title: "a comment without body or lines", over: { event: "COMMENT", body: "" }, says: /can't be blank/ },
    {
      title: "a request for changes without a body",
      over: { event: "REQUEST_CHANGES", body: "" },
      says: /can't be blank/,
    },
    { title: "a body over 65,536 characters", over: { body: "x".repeat(65_537) }, says: /too long/ },
    { title: "a commit of another history", over: { commit_id: "0".repeat(40) }, says: /not part of/ },
  ])("is refused for $title", async ({ over, says }) => {
    expect(await post(over)).toMatchObject({ status: 422, body: { errors: [expect.stringMatching(says)] } });
  });

  it.each([
    { title: "an unknown key in a comment", body: { comments: [say({ strat_line: 3 })] } },
    { title: "a side that is none", body: { comments: [say({ side: "UP" })] } },
    { title: "an event that is none", body: { event: "PRAISE" } },
  ])("is an invalid request with $title", async ({ body }) => {
    expect(await post(body)).toMatchObject({
      status: 422,
      body: { message: expect.stringMatching(/^Invalid request/) },
    });
  });

  it.each(["APPROVE", "REQUEST_CHANGES"])("cannot be %s on one's own pull request", async (event) => {
    const alice = client(github, github.createUserToken("alice"));
    expect((await alice.send(`POST ${reviews}`, { event, body: "Good." })).status).toBe(422);
    expect((await alice.send(`POST ${reviews}`, { event: "COMMENT", body: "Good." })).status).toBe(200);
  });

  it("that is pending bars a second one and every reply, until it is gone", async () => {
    const asked = await github.commentOnLine(pull, "carol", { path: "src/pay.ts", line: 10, body: "Really?" });
    const reply = `POST /repos/acme/shop/pulls/1/comments/${asked.id}/replies`;
    const thread = `mutation { addPullRequestReviewThreadReply(input: { pullRequestReviewThreadId: "${asked.threadId}", body: "Yes." }) { comment { id } } }`;
    const refused = { errors: ["User can only have one pending review per pull request"] };
    const first = await post({}, say({}));
    expect(await post({})).toMatchObject({ status: 422, body: refused });
    expect(await post({ event: "COMMENT" })).toMatchObject({ status: 422, body: refused });
    expect(await app.send(reply, { body: "Yes." })).toMatchObject({ status: 422, body: refused });
    expect(await app.graphql(thread)).toMatchObject({ body: { errors: [{ type: "UNPROCESSABLE" }] } });
    await drop(first);
    expect((await app.send(reply, { body: "Yes." })).status).toBe(201);
  });

  it("that is pending is there for nobody but its author", async () => {
    const carol = client(github, github.createUserToken("carol"));
    const review = await post({ body: "Hidden." }, say({ body: "Hidden too." }));
    const { id } = idsOf(review);
    expect((await carol.send(`GET ${reviews}/${id}`)).status).toBe(404);
    expect(JSON.stringify((await carol.send(`GET ${reviews}`)).body)).not.toContain("Hidden");
    expect(JSON.stringify((await carol.send("GET /repos/acme/shop/pulls/1/comments")).body)).not.toContain("Hidden");
    expect((await app.send(`GET ${reviews}/${id}`)).status).toBe(200);
    expect(github.renderPage("acme", "shop", 1)).not.toContain("Hidden");
    await drop(review);
  });

  it("is submitted once, with the body that it was made with", async () => {
    const review = await post({ body: "Two things." }, say({}));
    const events = `POST ${reviews}/${idsOf(review).id}/events`;
    expect(await app.send(events, { event: "COMMENT" })).toMatchObject({ status: 200, body: { state: "COMMENTED" } });
    expect(github.reviews(pull).at(-1)).toMatchObject({
      body: "Two things.",
      comments: [{ line: 11, pending: false }],
    });
    expect((await app.send(events, { event: "COMMENT" })).status).toBe(422);
    expect((await app.send(`DELETE ${reviews}/${idsOf(review).id}`)).status).toBe(422);
  });

  it("takes an older commit's lines and carries its threads to the head", async () => {
    const old = pull.headSha;
    const moved = `// on top\n${changed}`;
    await github.push("acme/shop", "feature", { files: { "src/pay.ts": moved } });
    const review = await post({ commit_id: old, event: "COMMENT" }, say({ line: 11 }));
    expect(review.status).toBe(200);
    expect(github.reviews(pull).at(-1)?.comments).toMatchObject([{ originalLine: 11, line: 12 }]);
  });

  it("made twice at once is made once", async () => {
    const both = await Promise.all([post({}, say({ line: 8 })), post({}, say({ line: 8 }))]);
    expect(both.map(({ status }) => String(status)).toSorted()).toEqual(["200", "422"]);
    for (const review of github.pendingReviews(pull)) await app.send(`DELETE ${reviews}/${review.id}`);
  });
});

it("an empty change takes no line at all", async () => {
  await github.push("acme/shop", "empty", { files: {}, from: "main" });
  const empty = await github.openPullRequest({ repo: "acme/shop", head: "empty", title: "Nothing", author: "alice" });
  const path = `POST /repos/acme/shop/pulls/${empty.number}/reviews`;
  expect(Object.keys(base)).toContain("src/pay.ts");
  expect((await app.send(path, { event: "COMMENT", body: "Nothing here.", comments: [say({})] })).status).toBe(422);
  expect((await app.send(path, { event: "COMMENT", body: "Nothing here." })).status).toBe(200);
});
