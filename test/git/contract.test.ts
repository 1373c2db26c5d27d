import { afterAll } from "vitest";
import { rmSync } from "node:fs";
import { createLocalRepository } from "../../src/git/local-repository.ts";
import { contractChange, describeChangeTrees, describeRepository } from "../contract/repository.ts";
import { createFakeRepository, createFakeTrees } from "../fakes/fake-repository.ts";
import { createGitWorld, gitEnv, temporaryFolder } from "./git-world.ts";
import { sourceOf, testMirrors } from "./open-world.ts";

const signal = new AbortController().signal;
const world = createGitWorld();
const mirrors = temporaryFolder("mirrors");
afterAll(() => {
  world.remove();
  rmSync(mirrors, { recursive: true });
});

const day = 86_400;
const newYear = 1_767_225_600;
const base = world.commit(contractChange.base, { subject: "base", author: "Base Author", time: newYear });
const head = world.commit(contractChange.head, {
  subject: "head",
  author: "Head Author",
  time: newYear + day,
  parents: [base],
});
const baseSha = world.commit(contractChange.baseTip ?? {}, { subject: "tip", parents: [base] });
world.setRef("refs/heads/main", baseSha);
world.setRef("refs/pull/1/head", head);

const access = { url: world.url, authorization: null };
const source = sourceOf({ headSha: head, baseSha });

describeRepository("in memory", () => ({
  repository: createFakeRepository({ [head]: contractChange }).repository,
  access,
  source,
}));
describeRepository("mirrors", () => ({ repository: testMirrors(mirrors), access, source }));

describeChangeTrees("in memory", async () => createFakeTrees(contractChange));

describeChangeTrees("a mirror", () => testMirrors(mirrors).open(source, access, signal));

describeChangeTrees("a local repository", async () => {
  const local = createLocalRepository({ dir: world.dir, environment: gitEnv });
  const opening = await local.open({ kind: "commits", base: "main", head }, signal);
  if (!opening.opened) throw new Error(opening.refused);
  return opening.trees;
});
