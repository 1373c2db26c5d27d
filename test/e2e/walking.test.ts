import { afterEach, describe, expect, it } from "vitest";
import { storesUnderTest } from "../setup/stores.ts";
import { createScriptedReviewer, pageFinding } from "./scripted-reviewer.ts";
import { openShop, startWorld, type World } from "./world.ts";

describe.each(storesUnderTest())("a pull request on $name", (store) => {
  let world: World;
  afterEach(() => world.stop());

  it("gets one review with line and suggestion when its draft is marked ready", async () => {
    world = await startWorld({ store, model: createScriptedReviewer([pageFinding()]) });
    const { github } = world;
    const pull = await openShop(github, { draft: true });
    expect(await world.answered("opened")).toContain("draft");
    github.markReady(pull);
    await world.answered("ready_for_review");

    const [review, ...others] = github.reviews(pull);
    expect(others).toEqual([]);
    expect(review?.state).toBe("COMMENTED");
    expect(review?.comments).toHaveLength(1);
    const [comment] = review?.comments ?? [];
    expect(comment).toMatchObject({ path: "src/pages.ts", line: 3, side: "RIGHT" });
    expect(comment?.body).toContain("**P1 · Count pages from 1 when slicing**");
    expect(comment?.body).toContain("```suggestion\n  const start = (number - 1) * size;\n```");
    expect(github.checkRuns(pull.headSha).at(-1)).toMatchObject({ status: "completed", conclusion: "neutral" });
    expect(world.violations()).toEqual([]);
  });
});
