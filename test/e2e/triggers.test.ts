import { describe, expect, it } from "vitest";
import { byStage, createFakeModel } from "../fakes/fake-model.ts";
import { storesUnderTest } from "../setup/stores.ts";
import { createScriptedReviewer, pageFinding, verdictTurn } from "./scripted-reviewer.ts";
import { shareWorld } from "./share-world.ts";
import { pagedShop, shop } from "./shop-files.ts";
import { openShop, type World } from "./world.ts";

const countOf = (text: string, words: string): number => text.split(words).length - 1;

/** The newest check run on this commit, once it is completed. */
const completedCheck = async ({ github, until }: World, sha: string) => {
  await until(() => github.checkRuns(sha).at(-1)?.status === "completed");
  return github.checkRuns(sha).at(-1);
};

describe.each(storesUnderTest())("what starts a review on $name", (store) => {
  const shared = shareWorld({ store });

  it("is not a merge queue: its commit gets a check run that points to the pull request, once", async () => {
    const world = shared();
    const { github, enter, answered, until, events } = world;
    enter(createScriptedReviewer([pageFinding()]));
    const pull = await openShop(github, { name: "queued" });
    await answered("opened");
    const merged = await github.mergeGroup(pull);
    const check = { status: "completed", conclusion: "success", output: { title: "Reviewed on the pull request" } };
    expect(await completedCheck(world, merged)).toMatchObject(check);
    const asked = github.deliveries().find(({ event }) => event === "merge_group");
    github.redeliver(asked?.guid ?? "");
    await github.settled();
    await until(() => github.deliveries().at(-1)?.statusCode === 202);
    expect(github.checkRuns(merged)).toHaveLength(1);
    expect(events.filter(({ kind }) => kind === "run_started")).toHaveLength(1);
  });

  it.each(["incremental", "full"])("is a push where `on_push` is %s, and nothing is said twice", async (mode) => {
    const { github, enter, answered } = shared();
    enter(createScriptedReviewer([pageFinding()]));
    const policy = `triggers: { on_push: ${mode} }\n`;
    const pull = await openShop(github, { name: `on-push-${mode}`, policy });
    await answered("opened");
    const total = "export const total = (items: number[]): number => items.reduce((sum, item) => sum + item);\n";
    const second = pageFinding({
      title: "Start the sum at 0",
      body: "Without a first value `reduce` throws on an empty list.",
      path: "src/total.ts",
      quote: total.trimEnd(),
      start_line: 1,
      end_line: 1,
      trigger: "total([]) -> reduce of an empty list -> TypeError",
      replacement: null,
    });
    enter(createScriptedReviewer([pageFinding(), second]));
    const files = { "src/total.ts": total };
    const head = await github.push(pull.repo, "feature", { files, message: `Total ${mode}`, login: "alice" });
    await answered("synchronize");

    expect(github.reviews(pull)).toMatchObject([
      { comments: [{ path: "src/pages.ts", line: 3 }] },
      { commitId: head, comments: [{ path: "src/total.ts", line: 1 }] },
    ]);
    expect(github.checkRuns(head)).toMatchObject([{ status: "completed", conclusion: "neutral" }]);
    expect(github.checkRuns(head)[0]?.output.title).toContain("1 from earlier rounds");
  });

  it("is a fork whose author may write, without a command", async () => {
    const { github, enter, answered } = shared();
    enter(createScriptedReviewer([pageFinding()]));
    await github.createRepository({ owner: "acme", name: "member-fork", files: shop });
    github.setPermission("acme/member-fork", "bob", "write");
    const fork = await github.fork("acme/member-fork", "bob");
    await github.push(fork.fullName, "feature", { files: pagedShop, message: "Page it", login: "bob" });
    const from = { repo: "acme/member-fork", head: "bob:feature" };
    const pull = await github.openPullRequest({ ...from, title: "Page", author: "bob" });
    await answered("opened");
    expect(github.reviews(pull)).toMatchObject([{ commitId: pull.headSha, comments: [{ line: 3 }] }]);
    expect(github.checkRuns(pull.headSha)).toMatchObject([{ status: "completed", conclusion: "neutral" }]);
  });

  it("ends where its budget is spent, posts what it has, and says so once", async () => {
    const { github, enter, answered } = shared();
    const report = { calls: [{ name: "report_finding", arguments: pageFinding() }], usage: { usd: 0.6 } };
    const model = createFakeModel(byStage({ find: () => report, verify: () => verdictTurn("confirmed") }));
    enter(model);
    const pull = await openShop(github, { name: "spent", policy: "budget: { usd_per_review: 0.5 }\n" });
    await answered("opened");
    // A share of the budget is kept for the second reader.
    expect(model.requests.map(({ at }) => at.stage)).toEqual(["find", "verify"]);
    expect(github.reviews(pull)).toMatchObject([{ comments: [{ line: 3 }] }]);
    const [check, ...others] = github.checkRuns(pull.headSha);
    expect(others).toEqual([]);
    expect(check).toMatchObject({ status: "completed", conclusion: "neutral" });
    expect(check?.output.title).toMatch(/^Partial/);
    expect(countOf(check?.output.summary ?? "", "US dollars")).toBe(1);
  });

  it("is nothing any more on a day whose budget is spent, and the check run says so", async () => {
    const { github, enter, answered } = shared();
    const silent = createScriptedReviewer([]);
    const dear = createFakeModel(() => ({
      calls: [{ name: "finish", arguments: { verdict: "Fine.", instructions_seen: [] } }],
      usage: { usd: 0.6 },
    }));
    enter(dear);
    const pull = await openShop(github, { name: "spent-day", policy: "budget: { usd_per_day: 0.5 }\n" });
    await answered("opened");
    expect(github.checkRuns(pull.headSha)).toMatchObject([{ conclusion: "success" }]);
    enter(silent);
    const comment = github.comment(pull, "alice", "@codex review");
    await answered("command");
    expect(silent.requests).toEqual([]);
    const check = github.checkRuns(pull.headSha).at(-1);
    expect(check).toMatchObject({ status: "completed", conclusion: "skipped" });
    expect(countOf(check?.output.summary ?? "", "budget of 0.5 US dollars a day is spent")).toBe(1);
    expect(github.comments(pull).filter(({ author }) => author === "codex-review[bot]")).toHaveLength(0);
    expect(github.reactions(comment.nodeId)).not.toContainEqual({ user: "codex-review[bot]", content: "eyes" });
  });
});
