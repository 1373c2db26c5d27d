import { describe, expect, it } from "vitest";
import { readMarkers } from "../../src/core/marker.ts";
import type { FaultKind } from "../../src/simulator/http/faults.ts";
import { storesUnderTest } from "../setup/stores.ts";
import { createScriptedReviewer, pageFinding } from "./scripted-reviewer.ts";
import { shareWorld } from "./share-world.ts";
import { openShop } from "./world.ts";

/** Every write of a second round: where a fault hits the first request of its kind. */
const writes = {
  "review create": { kind: "rest", method: "POST", path: /\/pulls\/\d+\/reviews$/ },
  "review submit": { kind: "rest", method: "POST", path: /\/reviews\/\d+\/events$/ },
  "check create": { kind: "rest", method: "POST", path: /\/check-runs$/ },
  "check update": { kind: "rest", method: "PATCH", path: /\/check-runs\/\d+$/ },
  comment: { kind: "rest", method: "POST", path: /\/issues\/\d+\/comments$/ },
  reaction: { kind: "graphql", operation: "addReaction" },
  "reaction gone": { kind: "graphql", operation: "removeReaction" },
} as const;

const second = pageFinding({
  title: "Refuse a size of 0",
  body: "A size of 0 makes every page empty, and nobody hears of it.",
  quote: "export function page<T>(items: T[], number: number, size = 20): T[] {",
  start_line: 2,
  end_line: 2,
  trigger: "page([1], 1, 0) -> [] -> an error",
  category: "correctness",
  replacement: null,
});

const kinds: readonly FaultKind[] = ["500_before", "500_after", "reset_after"];

describe.each(storesUnderTest())("writes whose answers are lost, on $name", (store) => {
  const shared = shareWorld({ store });

  it.each(kinds)("are seen exactly once when each meets a %s", async (kind) => {
    const { github, enter, answered } = shared();
    enter(createScriptedReviewer([pageFinding()]));
    const pull = await openShop(github, { name: kind.replace("_", "-") });
    await answered("opened");
    enter(createScriptedReviewer([second]));
    for (const match of Object.values(writes)) github.faults.add({ kind, match });
    const command = github.comment(pull, "alice", "@codex review");
    await answered("command");

    expect(github.reviews(pull).map(({ comments }) => comments.map(({ line }) => line))).toEqual([[3], [2]]);
    expect(github.pendingReviews(pull)).toEqual([]);
    const checks = github.checkRuns(pull.headSha);
    expect(checks.map(({ status, conclusion }) => `${status} ${conclusion}`)).toEqual([
      "completed neutral",
      "completed neutral",
    ]);
    const own = github.comments(pull).filter(({ author }) => author === "codex-review[bot]");
    expect(own).toHaveLength(1);
    expect(readMarkers(own[0]?.body ?? "").key).toBe("summary");
    expect(github.reactions(command.nodeId)).toEqual([]);
  });
});
