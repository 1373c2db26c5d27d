import { describe, expect, it } from "vitest";
import type { FakeModel } from "../fakes/fake-model.ts";
import { createScriptedReviewer, pageFinding } from "./scripted-reviewer.ts";
import { anyStore, shareWorld } from "./share-world.ts";
import { pagedShop } from "./shop-files.ts";
import { openShop, type World } from "./world.ts";

const line = (at: number): string => `export const share${at} = total${at} / count${at};`;

const filesOf = (count: number): Readonly<Record<string, string>> => ({
  ...pagedShop,
  ...Object.fromEntries(Array.from({ length: count - 1 }, (_, at) => [`src/part-${at}.ts`, `${line(at)}\n`])),
});

/** `count` blockers, each in a file of its own: no cap holds them back. */
const reviewerOf = (count: number): FakeModel =>
  createScriptedReviewer(
    Array.from({ length: count }, (_, at) =>
      pageFinding({
        severity: "P0",
        title: `Guard count${at} against zero`,
        body: `count${at} may be zero, and the share is Infinity then.`,
        path: `src/part-${at}.ts`,
        quote: line(at),
        start_line: 1,
        end_line: 1,
        trigger: `count${at} = 0 -> Infinity -> an error`,
        replacement: null,
      }),
    ),
  );

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
