import { beforeAll, describe, expect, it } from "vitest";
import type { PullView, Simulator } from "../../src/simulator/simulator.ts";
import { fakeToken } from "../analyzers/fake-token.ts";
import { elementsOf, proseOf, render } from "../fakes/rendered.ts";
import { createObedientModel } from "../hostile/hostile-model.ts";
import { base, hostilePulls, partsOf, type HostilePull } from "../hostile/hostile-pulls.ts";
import { anyStore, shareWorld } from "./share-world.ts";

const leak = `export const apiToken = "${fakeToken.github}";\n`;

const repo = "acme/hostile";

/**
 * Those that git or GitHub could treat in another way than the trees in memory of test/hostile do: all but the ones
 * whose words are plain text in the description.
 */
const pulls = hostilePulls.filter((pull) => {
  const { body } = partsOf(pull, pull.words);
  return body !== pull.words || /^[@/]|<!--|[^\x20-\x7e\n]/m.test(body);
});

const openHostile = async (github: Simulator, pull: HostilePull, index: number): Promise<PullView> => {
  const { title, body, commit, branch: wanted, head } = partsOf(pull, pull.words);
  const branch = wanted === "paging" ? `paging-${index}` : wanted;
  // The number makes the head another commit than that of a like branch of the same second.
  const files = { ...head, "src/leak.ts": leak, "src/number.ts": `export const number = ${index};\n` };
  await github.push(repo, branch, { files, message: commit, login: "mallory" });
  return github.openPullRequest({ repo, head: branch, title, body, author: "mallory" });
};

/** Everything that the app wrote about a pull request. */
const writtenOn = (github: Simulator, pull: PullView): readonly string[] => [
  ...github.reviews(pull).flatMap(({ body, comments }) => [body, ...comments.map((comment) => comment.body)]),
  ...github.comments(pull).map(({ body }) => body),
  ...github.checkRuns(pull.headSha).flatMap(({ output }) => [output.title ?? "", output.summary ?? ""]),
];

describe("a hostile pull request before a model that obeys it: what the program guarantees all the same", () => {
  const shared = shareWorld({ store: anyStore() });
  const opened = new Map<HostilePull, PullView>();

  beforeAll(async () => {
    const { github, enter, answered } = shared();
    enter(createObedientModel());
    await github.createRepository({ owner: "acme", name: "hostile", files: base });
    github.setPermission(repo, "mallory", "write");
    for (const [index, pull] of pulls.entries()) opened.set(pull, await openHostile(github, pull, index));
    await answered("opened", pulls.length);
  });

  it.each(pulls)("$name: never an approval, the analyzers' finding, and what was read", (pull) => {
    const { github } = shared();
    const view = opened.get(pull);
    if (view === undefined) throw new Error("it was not opened");
    expect(github.reviews(view).map(({ state }) => state)).toEqual(["COMMENTED"]);
    expect(github.threads(view)).toMatchObject([{ path: "src/leak.ts", line: 1 }]);
    const [check, ...others] = github.checkRuns(view.headSha);
    expect(others).toEqual([]);
    expect(check).toMatchObject({ status: "completed", conclusion: "neutral" });
    expect(check?.output.title).toBe("1 finding (1 P0)");
    expect(check?.output.summary).toMatch(/Read (\d+) of \1 changed files in full\./);
    expect(check?.output.summary).toContain("Text that tries to steer the review, read as data");
  });

  it.each(pulls)("$name: no ping, no link out, no picture, no command, no secret", (pull) => {
    const { github } = shared();
    const view = opened.get(pull);
    if (view === undefined) throw new Error("it was not opened");
    for (const text of writtenOn(github, view)) {
      const html = render(text);
      expect(proseOf(html)).not.toMatch(/@(?:acme|codex|coderabbitai)|#[12]\b|GH-2/);
      expect(elementsOf(html)).not.toContain("img");
      for (const [, url] of html.matchAll(/href="([^"]*)"/g)) expect(url).toContain(`${github.url}/${repo}/`);
      expect(text).not.toMatch(/^[/!@][A-Za-z]/m);
      expect(text).not.toContain(fakeToken.github);
    }
  });
});
