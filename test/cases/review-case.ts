import type { PullView } from "../../src/simulator/simulator.ts";
import type { World } from "../e2e/world.ts";
import { openCase } from "../setup/open-case.ts";

/** What stands on the pull request of a case after its review, as far as a later run must agree. */
export interface PostedComment {
  readonly path: string;
  readonly startLine: number | null;
  readonly line: number;
  readonly title: string;
}

/**
 * Pushes a case to the simulator under a neutral name, opens its pull request and waits for the review. Neither the id
 * nor a label of the case is part of what the reviewer can read.
 */
export const reviewCase = async (world: World, id: string, repository: string): Promise<PullView> => {
  const { github } = world;
  const opened = openCase(id);
  try {
    const repo = `acme/${repository}`;
    await github.createRepository({ owner: "acme", name: repository, fromGitDir: opened.dir, defaultBranch: "base" });
    github.setPermission(repo, "alice", "write");
    const before = answers(world);
    const pull = await github.openPullRequest({
      repo,
      head: "head",
      base: "base",
      title: opened.title,
      body: opened.body,
      author: "alice",
    });
    await world.until(() => answers(world) > before, 3 * 60 * 60);
    return pull;
  } finally {
    opened.remove();
  }
};

const answers = (world: World): number => world.events.filter(({ kind }) => kind === "answered").length;

export const postedComments = (world: World, pull: PullView): readonly PostedComment[] =>
  world.github
    .reviews(pull)
    .flatMap(({ comments }) => comments)
    .map(({ path, originalStartLine, originalLine, body }) => ({
      path,
      startLine: originalStartLine,
      line: originalLine,
      title: body.split("\n")[0] ?? "",
    }));
