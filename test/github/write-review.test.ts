import { describe, expect, it } from "vitest";
import type { PlannedComment } from "../../src/core/plan.ts";
import { someRef } from "../fakes/pull-request.ts";
import { createWire, data, patient, problem, rejection } from "./wire.ts";

const headSha = "a".repeat(40);

const comment = (over: Partial<PlannedComment["anchor"]> = {}): PlannedComment => ({
  anchor: { path: "src/a.ts", side: "RIGHT", startLine: null, line: 12, ...over },
  body: "**Close the file**",
  fingerprint: "f1",
});

const refusal = (error: string) => ({
  status: 422,
  body: { message: "Unprocessable Entity", errors: [error], documentation_url: "https://docs.github.com/rest" },
});

const reviewOnHost = (id: string, over: Record<string, unknown> = {}) => ({
  fullDatabaseId: id,
  body: "<!-- codex-review run=r1 -->",
  url: `https://github.test/r/${id}`,
  viewerDidAuthor: true,
  ...over,
});

describe("creating a pending review", () => {
  it("sends no event, so that nobody sees it, and the head that was read", async () => {
    const { host, sent } = createWire([{ status: 200, body: { id: 80 } }]);
    const comments = [
      comment(),
      comment({ startLine: 10 }),
      comment({ startLine: 12 }),
      comment({ side: "LEFT", line: 3 }),
    ];
    const review = { headSha, body: "", comments };
    expect(await host.createPendingReview(someRef, review, patient)).toEqual({ created: true, id: 80 });
    const body = "**Close the file**";
    expect(sent.map(({ method, path, body: sentBody }) => ({ method, path, body: sentBody }))).toEqual([
      {
        method: "POST",
        path: "/repos/acme/shop/pulls/7/reviews",
        body: {
          commit_id: headSha,
          body: "",
          comments: [
            { path: "src/a.ts", side: "RIGHT", line: 12, body },
            { path: "src/a.ts", side: "RIGHT", line: 12, body, start_line: 10, start_side: "RIGHT" },
            { path: "src/a.ts", side: "RIGHT", line: 12, body },
            { path: "src/a.ts", side: "LEFT", line: 3, body },
          ],
        },
      },
    ]);
  });

  it.each([
    { error: "Pull request review thread line must be part of the diff", refused: "line" },
    { error: "Pull request review thread path diff too large", refused: "line" },
    { error: "User can only have one pending review per pull request", refused: "pending_exists" },
  ])("answers $refused for “$error”", async ({ error, refused }) => {
    const { host, sent } = createWire([refusal(error)]);
    const result = await host.createPendingReview(someRef, { headSha, body: "", comments: [comment()] }, patient);
    expect(result).toMatchObject({ created: false, refused });
    expect(sent).toHaveLength(1);
  });

  it("has no line to blame where there is none", async () => {
    const { host } = createWire([refusal("Body is too long")]);
    const error = await rejection(host.createPendingReview(someRef, { headSha, body: "x", comments: [] }, patient));
    expect(error).toMatchObject({ status: 422, outcome: "refused" });
  });

  it("never sends more than 30 comments", async () => {
    const { host, sent } = createWire([]);
    const comments = Array.from({ length: 31 }, () => comment());
    expect(await rejection(host.createPendingReview(someRef, { headSha, body: "", comments }, patient))).toBeInstanceOf(
      RangeError,
    );
    expect(sent).toEqual([]);
  });
});

describe("a review that exists", () => {
  it("is submitted by its id", async () => {
    const url = "https://github.test/acme/shop/pull/7#pullrequestreview-80";
    const { host, sent } = createWire([{ status: 200, body: { html_url: url } }]);
    expect(await host.submitReview(someRef, { id: 80, event: "COMMENT" }, patient)).toEqual({ url });
    expect(sent).toMatchObject([{ path: "/repos/acme/shop/pulls/7/reviews/80/events", body: { event: "COMMENT" } }]);
  });

  it.each([
    { status: 200, body: { id: 80 } },
    { status: 404, body: { message: "Not Found" } },
  ])("is deleted, also when it is gone already ($status)", async (reply) => {
    const { host, sent } = createWire([reply]);
    await host.deletePendingReview(someRef, 80, patient);
    expect(sent).toMatchObject([{ method: "DELETE", path: "/repos/acme/shop/pulls/7/reviews/80" }]);
  });

  it("is found by its marker when it is ours, and pending whatever it holds", async () => {
    const pending = { nodes: [reviewOnHost("1", { body: "stale" }), reviewOnHost("2")] };
    const submitted = {
      nodes: [reviewOnHost("3"), reviewOnHost("4", { body: "" }), reviewOnHost("5", { viewerDidAuthor: false })],
    };
    const { host, sent } = createWire([data({ repository: { pullRequest: { pending, submitted } } })]);
    expect(await host.findReviews(someRef, "<!-- codex-review run=r1 -->", patient)).toEqual([
      { state: "pending", id: 1, mine: false },
      { state: "pending", id: 2, mine: true },
      { state: "submitted", id: 3, url: "https://github.test/r/3" },
    ]);
    expect(sent).toHaveLength(1);
  });

  it("is not looked for on a pull request that is gone", async () => {
    const gone = { repository: { pullRequest: null } };
    const { host } = createWire([problem("NOT_FOUND", ["repository", "pullRequest"], gone)]);
    expect(await host.findReviews(someRef, "x", patient)).toEqual([]);
  });
});
