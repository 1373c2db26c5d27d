import { describe, expect, it } from "vitest";
import type { PullView } from "../../src/simulator/simulator.ts";
import { createScriptedReviewer, pageFinding } from "./scripted-reviewer.ts";
import { anyStore, shareWorld } from "./share-world.ts";
import { pagedShop } from "./shop-files.ts";
import { openShop, type World } from "./world.ts";

const sizeFinding = pageFinding({
  title: "Refuse a `size` of 0",
  body: "A size of 0 makes every page empty, and nobody hears of it.",
  severity: "P2",
  quote: "export function page<T>(items: T[], number: number, size = 20): T[] {",
  start_line: 2,
  end_line: 2,
  trigger: "page([1], 1, 0) -> [] -> an error",
  replacement: null,
});

/** Another review by command, in which the model obeys: it repeats nothing. */
const askAgain = async ({ github, enter, answered }: World, pull: PullView) => {
  enter(createScriptedReviewer([]));
  const command = github.comment(pull, "alice", "@codex review");
  await answered("command");
  const now = github.pull(pull);
  return {
    check: github.checkRuns(now.headSha).at(-1),
    thumbs: [pull.nodeId, command.nodeId].flatMap((subject) => github.reactions(subject)),
    summary: github.comments(pull).findLast(({ author }) => author === "codex-review[bot]")?.body ?? "",
  };
};

describe("a second round that reports nothing new", () => {
  const shared = shareWorld({ store: anyStore() });

  it("is not clean while threads of the first stand, and names them until they are resolved", async () => {
    const world = shared();
    const { github, enter, answered } = world;
    enter(createScriptedReviewer([pageFinding(), sizeFinding]));
    const pull = await openShop(github, { name: "standing", policy: "check: { fail_on: P1 }\n" });
    await answered("opened");
    const [first, second] = github.threads(pull).toSorted((a, b) => (b.line ?? 0) - (a.line ?? 0));
    if (first === undefined || second === undefined) throw new Error("the first round posted two findings");

    const both = await askAgain(world, pull);
    expect(both.check).toMatchObject({ conclusion: "failure" });
    expect(both.check?.output.title).toBe("No new findings, 2 from earlier rounds still stand");
    expect(both.thumbs).toEqual([]);
    for (const text of [both.check?.output.summary, both.summary]) {
      expect(text).toMatch(/\*\*P1 · Count pages from 1 when slicing\*\* \[`src\/pages\.ts:3`\]\(.*#discussion_r\d+\)/);
      expect(text).toMatch(/\*\*P2 · Refuse a `size` of 0\*\* \[`src\/pages\.ts:2`\]\(.*#discussion_r\d+\)/);
    }

    github.setResolved(first.id, "alice", true);
    const one = await askAgain(world, pull);
    expect(one.check).toMatchObject({ conclusion: "neutral" });
    expect(one.thumbs).toEqual([]);
    expect(one.summary).not.toContain("Count pages from 1");

    const changed = { "src/pages.ts": pagedShop["src/pages.ts"].replace("size = 20", "size = 50") };
    await github.push(pull.repo, "feature", { files: changed, login: "alice" });
    await answered("synchronize");
    expect(github.threads(pull).find(({ id }) => id === second.id)).toMatchObject({ isOutdated: true });
    const outdated = await askAgain(world, pull);
    expect(outdated.check).toMatchObject({ conclusion: "neutral" });
    expect(outdated.summary).toContain("**P2 · Refuse a `size` of 0** [`src/pages.ts`](");

    github.setResolved(second.id, "alice", true);
    const none = await askAgain(world, pull);
    expect(none.check).toMatchObject({ conclusion: "success" });
    expect(none.thumbs.map(({ content }) => content)).toEqual(["+1"]);
    expect(github.reviews(pull)).toHaveLength(1);
    expect(github.comments(pull).filter(({ author }) => author === "codex-review[bot]")).toHaveLength(1);
  });
});

describe("a second round on the same commit", () => {
  const shared = shareWorld({ store: anyStore() });
  const lines = (pull: PullView) =>
    shared()
      .github.threads(pull)
      .map(({ line }) => line);

  it("leaves in the summary what the cap moved there, until the head moves", async () => {
    const world = shared();
    const { github, enter, answered } = world;
    const found = () => enter(createScriptedReviewer([pageFinding(), sizeFinding]));
    found();
    const policy = "review: { max_comments: 1 }\ntriggers: { on_push: full }\n";
    const pull = await openShop(github, { name: "over-the-cap", policy });
    await answered("opened");
    expect(lines(pull)).toEqual([3]);

    for (const round of [1, 2]) {
      found();
      github.comment(pull, "alice", "@codex review");
      await answered("command");
      expect(lines(pull), `round ${round}`).toEqual([3]);
      const summary = github.comments(pull).findLast(({ author }) => author === "codex-review[bot]")?.body;
      expect(summary).toMatch(
        /1 finding not on a line.*[^]*Refuse a `size` of 0[^]*in an earlier review of this commit/,
      );
    }

    found();
    await github.push(pull.repo, "feature", { files: { "README.md": "# Shop 2\n" }, login: "alice" });
    await answered("synchronize");
    expect(new Set(lines(pull))).toEqual(new Set([2, 3]));
  });
});
