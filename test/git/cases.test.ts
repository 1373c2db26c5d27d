import { expect, it } from "vitest";
import type { ChangedFile } from "../../src/core/change.ts";
import { addedLines } from "../../src/core/diff/added-lines.ts";
import { createLocalRepository } from "../../src/git/local-repository.ts";
import { caseIds, caseLabels, openCase } from "../setup/open-case.ts";
import { gitEnv } from "./git-world.ts";

const signal = new AbortController().signal;

const changedLines = (files: readonly ChangedFile[]): number =>
  files.reduce((sum, file) => sum + file.additions + file.deletions, 0);

it.each(caseIds)("the real case %s is read with every line that was changed", async (id) => {
  const opened = openCase(id);
  const local = createLocalRepository({ dir: opened.dir, environment: gitEnv });
  const opening = await local.open({ kind: "commits", base: opened.baseSha, head: opened.headSha }, signal);
  if (!opening.opened) throw new Error(opening.refused);
  const { diff } = opening.trees;
  const labels = caseLabels(id);
  expect(diff.files).toHaveLength(labels.files);
  expect(changedLines(diff.files)).toBe(labels.lines);
  expect(diff.files.map((file) => file.partial)).toEqual(diff.files.map(() => null));
  for (const file of diff.files) {
    expect(addedLines(file).size).toBe(file.additions);
    const head = await opening.trees.read("head", file.path, signal);
    const lines = head.kind === "text" ? head.text.split("\n") : [];
    const added = file.hunks.flatMap((hunk) => hunk.lines).filter((line) => line.kind === "added");
    expect(added.map((line) => lines[line.right - 1])).toEqual(added.map((line) => line.text));
  }
  await opening.trees.close();
  opened.remove();
});
