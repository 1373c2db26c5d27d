import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PullView, Simulator } from "../../src/simulator/simulator.ts";
import { base, changed, client, simulated, withPullRequest } from "./simulated.ts";

let github: Simulator;
let pull: PullView;
let app: ReturnType<typeof client>;
let stop: () => Promise<void>;

beforeEach(async () => {
  ({ github, stop } = await simulated());
  ({ app, pull } = await withPullRequest(github));
});
afterEach(() => stop());

const path = "src/pay.ts";
const pushText = (text: string) => github.push("acme/shop", "feature", { files: { [path]: text } });
const threads = () => github.threads(pull).map(({ line, startLine, isOutdated }) => ({ line, startLine, isOutdated }));

describe("threads after a push", () => {
  it.each([
    {
      title: "follow their line down",
      text: `// on top\n${changed}`,
      now: { line: 12, startLine: null, isOutdated: false },
    },
    {
      title: "stay where nothing moved",
      text: `${changed}// below\n`,
      now: { line: 11, startLine: null, isOutdated: false },
    },
    {
      title: "are outdated when their line changed",
      text: changed.replace("line ten and a half", "line 10.5"),
      now: { line: null, startLine: null, isOutdated: true },
    },
    {
      title: "are outdated when the change is taken back",
      text: base[path],
      now: { line: null, startLine: null, isOutdated: true },
    },
  ])("$title", async ({ text, now }) => {
    await github.commentOnLine(pull, "carol", { path, line: 11, body: "Why?" });
    await pushText(text);
    expect(threads()).toEqual([now]);
  });

  it("move as a range, or are outdated as one", async () => {
    await github.commentOnLine(pull, "carol", { path, startLine: 8, line: 11, body: "Why?" });
    await pushText(`// on top\n${changed}`);
    expect(threads()).toEqual([{ line: 12, startLine: 9, isOutdated: false }]);
    await pushText(`// on top\n${changed.replace("line 9\n", "line 9\nline 9.5\n")}`);
    expect(threads()).toEqual([{ line: null, startLine: null, isOutdated: true }]);
  });

  it("on the left stay while the merge base does", async () => {
    await github.commentOnLine(pull, "carol", { path, side: "LEFT", line: 30, body: "Why?" });
    await pushText(`// on top\n${changed}`);
    expect(threads()).toEqual([{ line: 30, startLine: null, isOutdated: false }]);
  });
});

describe("a force-push", () => {
  it("replaces the change and moves the commit of old reviews", async () => {
    await app.send("POST /repos/acme/shop/pulls/1/reviews", { event: "COMMENT", body: "A look." });
    const sha = await github.push("acme/shop", "feature", {
      from: "main",
      force: true,
      files: { "other.txt": "other\n" },
    });
    expect(github.pull(pull)).toMatchObject({ headSha: sha, changedFiles: 1 });
    expect(github.reviews(pull)).toMatchObject([{ commitId: sha }]);
    const review = { commit_id: pull.headSha, event: "COMMENT", body: "Too late." };
    expect((await app.send("POST /repos/acme/shop/pulls/1/reviews", review)).status).toBe(422);
  });

  it("is needed where history is rewritten", async () => {
    await expect(github.push("acme/shop", "feature", { from: "main", files: {} })).rejects.toThrow("needs force");
    await github.moveHead(pull, pull.baseSha);
    expect(github.pull(pull)).toMatchObject({ headSha: pull.baseSha, changedFiles: 0 });
  });
});

describe("the base", () => {
  it("may move on without a change to the pull request", async () => {
    await github.push("acme/shop", "main", { files: { "later.txt": "later\n" } });
    expect(github.pull(pull)).toEqual(pull);
  });

  it("is read again with the next push, and the merge base stays", async () => {
    const main = await github.push("acme/shop", "main", { files: { "later.txt": "later\n" } });
    await pushText(`${changed}// below\n`);
    expect(github.pull(pull)).toMatchObject({ baseSha: main, mergeBase: pull.baseSha, changedFiles: 1 });
  });

  it("is changed to another branch, and the change is read against that", async () => {
    await github.push("acme/shop", "release", { from: "main", files: { [path]: changed } });
    await github.retarget(pull, "release");
    expect(github.pull(pull)).toMatchObject({ baseRef: "release", mergeBase: pull.baseSha });
  });
});

it("a merge group's commit joins base and head and takes check runs", async () => {
  const sha = await github.mergeGroup(pull);
  const run = await app.send("POST /repos/acme/shop/check-runs", {
    name: "codex-review",
    head_sha: sha,
    conclusion: "success",
  });
  expect(run.status).toBe(201);
  expect(github.checkRuns(sha)).toMatchObject([{ conclusion: "success", headSha: sha }]);
});

it("a pull request of five hundred files is read in pages and reviewed", async () => {
  const files = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`many/${at}.txt`, `${at}\n`.repeat(20)]));
  await github.push("acme/shop", "many", { from: "main", files });
  const many = await github.openPullRequest({ repo: "acme/shop", head: "many", title: "Many", author: "alice" });
  const comments = [{ path: "many/499.txt", line: 20, body: "The last line." }];
  const review = await app.send(`POST /repos/acme/shop/pulls/${many.number}/reviews`, { event: "COMMENT", comments });
  expect(review.status).toBe(200);
  expect((await app.send(`GET /repos/acme/shop/pulls/${many.number}/files?per_page=100&page=5`)).body).toHaveLength(
    100,
  );
});
