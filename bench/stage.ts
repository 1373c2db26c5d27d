import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PullView, RepositoryView, Simulator } from "../src/simulator/simulator.ts";
import { startSimulator } from "../src/simulator/start-simulator.ts";
import { benchApp } from "./app-under-test.ts";
import { sampleFiles, type SampleSize } from "./sample-change.ts";

/** A GitHub with one repository of source files. */
export interface Stage {
  readonly github: Simulator;
  readonly repository: RepositoryView;
  /** Changes the lines in each file, another way for each variant, and opens a draft. */
  readonly openDraft: (variant: number) => Promise<PullView>;
  readonly close: () => Promise<void>;
}

const author = "alice";

export const openStage = async (size: SampleSize): Promise<Stage> => {
  const dir = await mkdtemp(join(tmpdir(), "codex-review-bench-github-"));
  const github = await startSimulator({
    dir,
    app: benchApp,
  });
  const repository = await github.createRepository({ owner: "acme", name: "bench", files: sampleFiles(size, 0) });
  github.setPermission(repository.fullName, author, "write");
  return {
    github,
    repository,
    openDraft: async (variant) => {
      const head = `variant-${variant}`;
      const change = { files: sampleFiles(size, variant), message: `Variant ${variant}`, login: author };
      await github.push(repository.fullName, head, change);
      return github.openPullRequest({
        repo: repository.fullName,
        head,
        title: `Variant ${variant}`,
        author,
        draft: true,
      });
    },
    close: async () => {
      await github.settled();
      await github.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
};
