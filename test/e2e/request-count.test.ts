import { describe, expect, it } from "vitest";
import type { FakeModel } from "../fakes/fake-model.ts";
import { countFinding, divisionFiles } from "./count-finding.ts";
import { createScriptedReviewer } from "./scripted-reviewer.ts";
import { anyStore, shareWorld } from "./share-world.ts";
import { pagedShop } from "./shop-files.ts";
import { openShop, type World } from "./world.ts";

const filesOf = (count: number): Readonly<Record<string, string>> => ({
  ...pagedShop,
  ...divisionFiles(count - 1),
});

/** `count` blockers, each in a file of its own: no cap holds them back. */
const reviewerOf = (count: number): FakeModel =>
  createScriptedReviewer(Array.from({ length: count }, (_, at) => countFinding(at)));

/** Requests to GitHub's API, the token's not counted. */
const apiRequests = ({ github }: World): number =>
  github.requests.filter(({ kind }) => kind === "rest" || kind === "graphql").length;

/** A review that is posted is one request to create it and one to submit it, however much it holds. */
const sizes = [
  { files: 1, findings: 0, expected: 6 },
  { files: 50, findings: 0, expected: 6 },
  { files: 50, findings: 5, expected: 8 },
  { files: 50, findings: 30, expected: 8 },
];

describe("requests to GitHub", () => {
  const shared = shareWorld({ store: anyStore() });

  it.each(sizes)(
    "are $expected for an automatic review of $files files with $findings findings",
    async ({ files, findings, expected }) => {
      const world = shared();
      const { github, enter, answered } = world;
      enter(reviewerOf(findings));
      const pull = await openShop(github, { name: `count-${files}-${findings}`, head: filesOf(files) });
      await answered("opened");
      expect(github.threads(pull)).toHaveLength(findings);
      expect(apiRequests(world)).toBe(expected);
    },
  );

  it("are at most 13 for a command that posts as well", async () => {
    const world = shared();
    const { github, enter, answered } = world;
    const pull = await openShop(github, { name: "count-command", head: filesOf(50), draft: true });
    await answered("opened");
    enter(reviewerOf(30));
    github.comment(pull, "alice", "@codex review");
    await answered("command");
    expect(github.threads(pull)).toHaveLength(30);
    expect(apiRequests(world)).toBeLessThanOrEqual(13);
  });
});
