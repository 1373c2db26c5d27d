import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { PullView, Simulator } from "../../simulator/simulator.ts";

const pullRequestSchema = z.strictObject({
  owner: z.string(),
  repository: z.string(),
  title: z.string(),
  body: z.string(),
  branch: z.string(),
  author: z.string(),
  /** Of both commits. A recording holds the history that the model asked for, so the SHAs have to be the same. */
  date: z.iso.datetime(),
});

export interface PushedDemo {
  readonly pull: PullView;
  readonly author: string;
}

/** Pushes `folder`'s repository and opens the branch as a draft pull request, by somebody with write access. */
export const pushDemo = async (github: Simulator, folder: string): Promise<PushedDemo> => {
  const pull = pullRequestSchema.parse(JSON.parse(await readFile(join(folder, "pull-request.json"), "utf8")));
  const { owner, repository: name, author, date } = pull;
  const base = await readTree(join(folder, "base"));
  const { fullName: repo } = await github.createRepository({ owner, name, files: base, date });
  github.setPermission(repo, author, "write");
  const files = await readTree(join(folder, "head"));
  await github.push(repo, pull.branch, { files, message: pull.title, login: author, date });
  const { title, body, branch: head } = pull;
  return { pull: await github.openPullRequest({ repo, head, title, body, author, draft: true }), author };
};

/** Every file below a folder by its path there, with `/` between the parts. */
const readTree = async (folder: string): Promise<Readonly<Record<string, string>>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = await Promise.all(
    paths.toSorted().map(async (path) => {
      const name = path.slice(folder.length + 1).replaceAll("\\", "/");
      return [name, await readFile(path, "utf8")] as const;
    }),
  );
  return Object.fromEntries(files);
};
