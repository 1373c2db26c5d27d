import { describe, expect, it } from "vitest";
import { holdFirst } from "./held-model.ts";
import { createScriptedReviewer, pageFinding } from "./scripted-reviewer.ts";
import { anyStore, shareWorld } from "./share-world.ts";
import { pagedShop, shop } from "./shop-files.ts";
import { openShop, type World } from "./world.ts";

/** A pull request from the fork of somebody who may not write. */
const openFork = async ({ github }: World, name: string) => {
  const repo = `acme/${name}`;
  await github.createRepository({ owner: "acme", name, files: shop });
  github.setPermission(repo, "alice", "write");
  const fork = await github.fork(repo, "mallory");
  await github.push(fork.fullName, "feature", { files: pagedShop, message: `Page ${name}`, login: "mallory" });
  const pull = await github.openPullRequest({ repo, head: "mallory:feature", title: "Page", author: "mallory" });
  return { pull, fork };
};

describe("a change", () => {
  const shared = shareWorld({ store: anyStore() });

  it("from a stranger's fork waits for a maintainer's command", async () => {
    const { github, enter, answered } = shared();
    const model = createScriptedReviewer([pageFinding()]);
    enter(model);
    const { pull } = await openFork(shared(), "forked");
    await answered("opened");
    expect(github.checkRuns(pull.headSha)).toMatchObject([{ status: "completed", conclusion: "skipped" }]);
    expect(model.requests).toEqual([]);
    github.comment(pull, "alice", "@codex review");
    await answered("command");
    expect(github.threads(pull)).toMatchObject([{ path: "src/pages.ts", line: 3 }]);
  });

  it("from a fork is read when its check run is asked for again", async () => {
    const { github, enter, answered } = shared();
    enter(createScriptedReviewer([pageFinding()]));
    const { pull } = await openFork(shared(), "forked-again");
    await answered("opened");
    github.rerequestCheckRun(github.checkRuns(pull.headSha)[0]?.id ?? 0, "alice");
    await answered("rerun");
    expect(github.threads(pull)).toMatchObject([{ path: "src/pages.ts", line: 3 }]);
  });

  it("from a fork that was deleted is still read", async () => {
    const { github, enter, answered } = shared();
    enter(createScriptedReviewer([pageFinding()]));
    const { pull, fork } = await openFork(shared(), "deleted-fork");
    await answered("opened");
    github.deleteFork(fork.fullName);
    github.comment(pull, "alice", "@codex review");
    await answered("command");
    expect(github.threads(pull)).toMatchObject([{ path: "src/pages.ts", line: 3 }]);
  });

  it("that is forced away during the review is reviewed as it is then", async () => {
    const { github, enter, until, answered } = shared();
    const held = holdFirst(createScriptedReviewer([pageFinding()]));
    enter(held);
    const pull = await openShop(github, { name: "forced" });
    await until(held.isAsked);
    const rebased = { "src/pages.ts": `// Pages of a list.\n${pagedShop["src/pages.ts"]}` };
    const forced = { files: rebased, from: pull.baseSha, force: true, message: "Page again", login: "alice" };
    const headSha = await github.push(pull.repo, "feature", forced);
    await answered("opened");
    expect(github.reviews(pull)).toMatchObject([{ commitId: headSha, comments: [{ line: 4 }] }]);
    expect(github.checkRuns(pull.headSha)).toMatchObject([{ conclusion: "skipped" }]);
  });

  it("of 500 files is reviewed", async () => {
    const { github, enter, answered } = shared();
    enter(createScriptedReviewer([pageFinding()]));
    const many = Array.from(
      { length: 499 },
      (_, at) => [`src/part-${at}.ts`, `export const part${at} = ${at};\n`] as const,
    );
    const pull = await openShop(github, { name: "many", head: { ...pagedShop, ...Object.fromEntries(many) } });
    await answered("opened");
    expect(github.pull(pull).changedFiles).toBe(500);
    expect(github.reviews(pull)).toMatchObject([{ comments: [{ path: "src/pages.ts", line: 3 }] }]);
    expect(github.reviews(pull)[0]?.body.length).toBeLessThanOrEqual(65_536);
  });

  it("that changes nothing in the end is clean, and costs no model call", async () => {
    const { github, enter, answered } = shared();
    const model = createScriptedReviewer([]);
    enter(model);
    await github.createRepository({ owner: "acme", name: "empty", files: shop });
    github.setPermission("acme/empty", "alice", "write");
    await github.push("acme/empty", "feature", { files: { "README.md": "# Other\n" }, login: "alice" });
    await github.push("acme/empty", "feature", { files: { "README.md": shop["README.md"] }, login: "alice" });
    const pull = await github.openPullRequest({
      repo: "acme/empty",
      head: "feature",
      title: "Nothing",
      author: "alice",
    });
    await answered("opened");
    expect(github.checkRuns(pull.headSha)).toMatchObject([{ status: "completed", conclusion: "success" }]);
    expect(model.requests).toEqual([]);
  });

  it("of lock files alone costs no model call and says what was not read", async () => {
    const { github, enter, answered } = shared();
    const model = createScriptedReviewer([]);
    enter(model);
    const lock = JSON.stringify({ name: "shop", lockfileVersion: 3, packages: { "": { name: "shop" } } }, null, 2);
    const pull = await openShop(github, { name: "locked", head: { "package-lock.json": `${lock}\n` } });
    await answered("opened");
    const [check] = github.checkRuns(pull.headSha);
    expect(check).toMatchObject({ status: "completed", conclusion: "success" });
    expect(check?.output.summary).toContain("package-lock.json");
    expect(model.requests).toEqual([]);
    expect(github.reviews(pull)).toEqual([]);
  });
});

describe("a file whose diff is over GitHub's limits", () => {
  const shared = shareWorld({ store: anyStore(), limits: { fileDiffLines: 20 } });

  it("takes no line comments, so its findings stand in the review's text, with a link", async () => {
    const { github, enter, answered } = shared();
    enter(createScriptedReviewer([pageFinding()]));
    const long = Array.from({ length: 30 }, (_, at) => `export const part${at} = ${at};`).join("\n");
    const head = { "src/pages.ts": `${pagedShop["src/pages.ts"]}${long}\n` };
    const pull = await openShop(github, { name: "long", head });
    await answered("opened");
    const [review, ...others] = github.reviews(pull);
    expect(others).toEqual([]);
    expect(review?.comments).toEqual([]);
    expect(review?.body).toContain("Count pages from 1 when slicing");
    expect(review?.body).toContain(`/acme/long/blob/${pull.headSha}/src/pages.ts#L3`);
    expect(github.checkRuns(pull.headSha)).toMatchObject([{ status: "completed", conclusion: "neutral" }]);
  });
});
