import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { readRecording } from "../../src/model/recording.ts";
import { createReplay } from "../../src/model/replay.ts";
import type { Model } from "../../src/review/model-ports.ts";
import { promptVersion } from "../../src/review/prompts/prompt-version.ts";
import { startWorld, type World } from "../e2e/world.ts";
import { caseIds } from "../setup/open-case.ts";
import { storesUnderTest } from "../setup/stores.ts";
import { postedComments, reviewCase } from "./review-case.ts";

const postedSchema = z.array(
  z.object({ path: z.string(), startLine: z.number().nullable(), line: z.number(), title: z.string() }),
);

const folderOf = (id: string): string => fileURLToPath(new URL(`../fixtures/journals/${id}/`, import.meta.url));

const recorded = caseIds.filter((id) => existsSync(`${folderOf(id)}posted.json`));

describe("the real cases, reviewed from recordings", () => {
  let world: World;
  let model: Model | null = null;

  beforeAll(async () => {
    const [store] = storesUnderTest();
    if (store === undefined) throw new Error("there is no store");
    const current: Model = {
      turn: (request, signal) => {
        if (model === null) throw new Error("no recording is chosen");
        return model.turn(request, signal);
      },
    };
    world = await startWorld({ store, model: current, attempts: 1, env: { MODEL: "claude" } });
  });
  afterAll(() => world.stop());

  it.each(recorded.map((id, index) => ({ id, repository: `project-${index}` })))(
    "posts what was posted when $id was recorded, each comment where GitHub takes it",
    async ({ id, repository }) => {
      const recording = readRecording(readFileSync(`${folderOf(id)}model.jsonl`, "utf8"));
      model = createReplay(recording, promptVersion).model;
      const reviewed = world.events.filter(({ kind }) => kind === "reviewed").length;
      const pull = await reviewCase(world, id, repository);
      expect(world.events.filter(({ kind }) => kind === "reviewed")).toHaveLength(reviewed + 1);
      const posted = postedSchema.parse(JSON.parse(readFileSync(`${folderOf(id)}posted.json`, "utf8")));
      expect(postedComments(world, pull)).toEqual(posted);
      expect(world.github.checkRuns(pull.headSha).at(-1)?.output.title).not.toContain("Could not review");
      expect(world.violations()).toEqual([]);
    },
  );
});
