import { writeFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, inject, it } from "vitest";
import type { PullView, Simulator } from "../../src/simulator/simulator.ts";
import { startChild } from "../setup/child-process.ts";
import { storesUnderTest } from "../setup/stores.ts";
import { createScriptedReviewer, pageFinding } from "./scripted-reviewer.ts";
import { openShop, startWorld, type World } from "./world.ts";

/** A pull request whose delivery is stored by a process that is killed before it has answered; and that delivery's GUID. */
const markReadyAndKill = async (
  github: Simulator,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly pull: PullView; readonly guid: string }> => {
  const dir = await mkdtemp(join(tmpdir(), "codex-review-killed-"));
  const settings = join(dir, "settings.json");
  await writeFile(settings, JSON.stringify(env), { mode: 0o600 });
  const child = startChild("hold-answer.ts", settings, inject("pgliteImage"));
  await child.printed(1);
  const pull = await openShop(github, { draft: true });
  github.setWebhookUrl(child.lines[0] ?? "");
  github.markReady(pull);
  await child.printed(2);
  await child.kill();
  await github.settled();
  await rm(dir, { recursive: true });
  expect(child.lines[1]).toBe("202");
  const [cut, ...others] = github.deliveries();
  expect(others).toEqual([]);
  expect(cut).toMatchObject({ action: "ready_for_review", statusCode: 502 });
  return { pull, guid: cut?.guid ?? "" };
};

describe.each(storesUnderTest())("a delivery on $name whose process was killed before it answered", (store) => {
  let world: World;
  afterEach(() => world.stop());

  it("is acted on once, though GitHub sends it again before the review and after it", async () => {
    const cuts: Awaited<ReturnType<typeof markReadyAndKill>>[] = [];
    const model = createScriptedReviewer([pageFinding()]);
    world = await startWorld({
      store,
      model,
      before: async (github, env) => void cuts.push(await markReadyAndKill(github, env)),
    });
    const { github } = world;
    const [{ pull, guid } = missing()] = cuts;
    const sendAgain = async (): Promise<void> => {
      github.redeliver(guid);
      await github.settled();
      const again = github.deliveries().at(-1);
      expect(again).toMatchObject({ guid, statusCode: 202 });
      expect(again?.responseBody).toContain("known already");
    };
    await sendAgain();
    await world.answered("ready_for_review");
    await sendAgain();

    expect(github.reviews(pull)).toMatchObject([{ state: "COMMENTED", comments: [{ path: "src/pages.ts", line: 3 }] }]);
    expect(github.pendingReviews(pull)).toEqual([]);
    expect(github.checkRuns(pull.headSha)).toMatchObject([{ status: "completed", conclusion: "neutral" }]);
    expect(world.events.filter(({ kind }) => kind === "run_started")).toHaveLength(1);
    expect(world.violations()).toEqual([]);
  }, 60_000);
});

const missing = (): never => {
  throw new Error("nothing happened before the app started");
};
