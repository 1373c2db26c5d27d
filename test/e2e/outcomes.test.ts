import { describe, expect, it } from "vitest";
import { ModelError } from "../../src/review/errors.ts";
import type { PullView } from "../../src/simulator/simulator.ts";
import { createFakeModel } from "../fakes/fake-model.ts";
import { createScriptedReviewer, pageFinding } from "./scripted-reviewer.ts";
import { anyStore, shareWorld } from "./share-world.ts";
import { openShop, type World } from "./world.ts";

const broken = createFakeModel(() => {
  throw new ModelError("auth", "the model refuses the key");
});

/** What people see of a pull request: BEHAVIOUR's columns. */
const seen = ({ github }: World, pull: PullView) => ({
  reviews: github.reviews(pull).map(({ state }) => state),
  comments: github.comments(pull).filter(({ author }) => author === "codex-review[bot]").length,
  check: github.checkRuns(pull.headSha).map(({ conclusion }) => conclusion),
  reactions: github.reactions(pull.nodeId).map(({ content }) => content),
});

const finding = () => createScriptedReviewer([pageFinding()]);

const rows = [
  {
    outcome: "clean",
    model: createScriptedReviewer([]),
    sees: { reviews: [], comments: 0, check: ["success"], reactions: ["+1"] },
  },
  {
    outcome: "findings",
    model: finding(),
    sees: { reviews: ["COMMENTED"], comments: 0, check: ["neutral"], reactions: [] },
  },
  {
    outcome: "unconfirmed",
    model: createScriptedReviewer([pageFinding()], "unsure"),
    sees: { reviews: [], comments: 1, check: ["neutral"], reactions: [] },
  },
  {
    outcome: "folded",
    model: createScriptedReviewer([pageFinding({ severity: "P3" })]),
    sees: { reviews: [], comments: 1, check: ["neutral"], reactions: [] },
  },
  {
    outcome: "refuted",
    model: createScriptedReviewer([pageFinding()], "refuted"),
    sees: { reviews: [], comments: 0, check: ["success"], reactions: ["+1"] },
  },
  { outcome: "failure", model: broken, sees: { reviews: [], comments: 0, check: ["neutral"], reactions: [] } },
  {
    outcome: "failure-that-blocks",
    policy: "check: { on_error: failure }\n",
    model: broken,
    sees: { reviews: [], comments: 0, check: ["failure"], reactions: [] },
  },
  {
    outcome: "findings-that-block",
    policy: "check: { fail_on: P1 }\n",
    model: finding(),
    sees: { reviews: ["COMMENTED"], comments: 0, check: ["failure"], reactions: [] },
  },
  {
    outcome: "findings-that-ask-for-changes",
    policy: "review: { request_changes: P1 }\n",
    model: finding(),
    sees: { reviews: ["CHANGES_REQUESTED"], comments: 0, check: ["neutral"], reactions: [] },
  },
  {
    outcome: "skipped",
    policy: "triggers: { opened: false }\n",
    model: finding(),
    sees: { reviews: [], comments: 0, check: ["skipped"], reactions: [] },
  },
  {
    outcome: "observed",
    policy: "publish: check\n",
    model: finding(),
    sees: { reviews: [], comments: 0, check: ["neutral"], reactions: [] },
  },
  {
    outcome: "off",
    policy: "publish: off\n",
    model: finding(),
    sees: { reviews: [], comments: 0, check: [], reactions: [] },
  },
] as const;

describe("what people see", () => {
  const shared = shareWorld({ store: anyStore(), attempts: 2 });

  it.each(rows)("of $outcome", async ({ outcome, model, sees, ...row }) => {
    const world = shared();
    world.enter(model);
    const pull = await openShop(world.github, { name: outcome, ...("policy" in row ? { policy: row.policy } : {}) });
    await world.answered("opened");
    expect(seen(world, pull)).toEqual(sees);
    expect(world.github.checkRuns(pull.headSha).every(({ status }) => status === "completed")).toBe(true);
  });

  it("in observe mode is the finding itself, in the check run", async () => {
    const { github, enter, answered } = shared();
    enter(finding());
    const pull = await openShop(github, { name: "observed-text", policy: "publish: check\n" });
    await answered("opened");
    const summary = github.checkRuns(pull.headSha).at(-1)?.output.summary ?? "";
    expect(summary).toContain("Count pages from 1 when slicing");
    expect(summary).toContain("skips the first");
    expect(github.requests.filter(({ operations }) => operations.includes("addReaction"))).toEqual([]);
  });

  it("of a broken policy file is a notice with its line, and a review by the defaults", async () => {
    const { github, enter, answered } = shared();
    enter(finding());
    const pull = await openShop(github, {
      name: "broken-policy",
      policy: "version: 1\nreview: { precison: strict }\n",
    });
    await answered("opened");
    expect(github.reviews(pull)).toHaveLength(1);
    expect(github.checkRuns(pull.headSha).at(-1)?.output.summary).toMatch(/codex-review\.yml.*line 2/);
  });

  it("of later rounds is one summary comment, edited in place", async () => {
    const world = shared();
    const { github, enter, answered } = world;
    enter(finding());
    const pull = await openShop(github, { name: "rounds" });
    await answered("opened");
    expect(seen(world, pull).comments).toBe(0);
    const later = pageFinding({
      title: "Say what a page is",
      quote: "export function page<T>(items: T[], number: number, size = 20): T[] {",
      start_line: 2,
      end_line: 2,
      body: "A size of 0 makes every page empty, and nobody hears of it.",
      trigger: "page([1], 1, 0) -> [] -> an error",
      category: "correctness",
      replacement: null,
    });
    for (const round of [1, 2]) {
      enter(createScriptedReviewer(round === 1 ? [later] : [later, pageFinding()]));
      github.comment(pull, "alice", "@codex review");
      await answered("command");
      expect(seen(world, pull).comments).toBe(1);
    }
    expect(github.reviews(pull)).toHaveLength(2);
    const summary = github.comments(pull).find(({ author }) => author === "codex-review[bot]");
    expect(summary?.body).toContain("2 from earlier rounds");
  });

  it("of a push that is not reviewed is a check run that names what was", async () => {
    const { github, answered } = shared();
    const pull = await openShop(github, { name: "not-reviewed" });
    await answered("opened");
    const second = await github.push(pull.repo, "feature", { files: { "README.md": "# 2\n" }, login: "alice" });
    await answered("synchronize");
    const [check] = github.checkRuns(second);
    expect(check).toMatchObject({ status: "completed", conclusion: "skipped" });
    expect(check?.output.summary).toContain(`last reviewed \`${pull.headSha.slice(0, 7)}\`; comment \`@codex review\``);
  });
});
