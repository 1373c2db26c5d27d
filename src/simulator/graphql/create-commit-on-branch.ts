import { z } from "zod";
import { synchronizePulls } from "../actions/pulls.ts";
import { findRepo } from "../actions/repos.ts";
import { readBranches } from "../git/bare-repository.ts";
import { commitFiles } from "../git/commit-files.ts";
import { GitHubError } from "../github-error.ts";
import { writeContents } from "../permission.ts";
import type { Repo } from "../state.ts";
import { stamp } from "../world.ts";
import { allow, noSuchRepo } from "./fields.ts";
import type { Asking, Fields } from "./fields.ts";
import { gitObject, refNode } from "./git-nodes.ts";

const argument = z.object({
  input: z.object({
    clientMutationId: z.string().nullish(),
    branch: z.object({ repositoryNameWithOwner: z.string(), branchName: z.string() }),
    expectedHeadOid: z.string(),
    message: z.object({ headline: z.string(), body: z.string().nullish() }),
    fileChanges: z.object({
      additions: z.array(z.object({ path: z.string(), contents: z.base64() })).nullish(),
      deletions: z.array(z.object({ path: z.string() })).nullish(),
    }),
  }),
});
type Input = z.output<typeof argument>["input"];

const requireRepo = (asking: Asking, fullName: string): Repo => {
  const [owner = "", name = ""] = fullName.split("/");
  const repo = findRepo(asking.world, owner, name);
  if (repo === null) throw noSuchRepo(fullName);
  return repo;
};

const refuseWorkflows = (input: Input): void => {
  const touched = [...(input.fileChanges.additions ?? []), ...(input.fileChanges.deletions ?? [])];
  if (touched.some(({ path }) => path.startsWith(".github/workflows/"))) {
    throw new GitHubError(403, "Resource not accessible by integration");
  }
};

const refuseStale = async (asking: Asking, repo: Repo, input: Input): Promise<void> => {
  const branches = await readBranches(asking.world.git, repo.gitDir);
  if (branches.get(input.branch.branchName) === input.expectedHeadOid) return;
  const message = `Expected branch to point to "${input.expectedHeadOid}" but it did not. Pull and try again.`;
  throw new GitHubError(422, message, { graphqlType: "STALE_DATA" });
};

/** One commit on a branch that still stands where the caller thinks; files are written as plain 100644. */
export async function createCommitOnBranch(asking: Asking, args: unknown): Promise<Fields> {
  const { input } = argument.parse(args);
  const repo = requireRepo(asking, input.branch.repositoryNameWithOwner);
  allow(asking, repo, writeContents);
  refuseWorkflows(input);
  await refuseStale(asking, repo, input);
  const sha = await commitFiles(asking.world.git, repo.gitDir, {
    branch: input.branch.branchName,
    parent: input.expectedHeadOid,
    files: Object.fromEntries(
      (input.fileChanges.additions ?? []).map(({ path, contents }) => [path, Buffer.from(contents, "base64")]),
    ),
    deleted: (input.fileChanges.deletions ?? []).map(({ path }) => path),
    message: [input.message.headline, input.message.body ?? ""].join("\n\n").trim(),
    author: {
      name: asking.viewer.login,
      email: `${asking.viewer.id}+${asking.viewer.login}@users.noreply.github.com`,
      date: stamp(asking.world),
    },
  });
  await synchronizePulls(asking.world, repo, asking.viewer);
  return {
    clientMutationId: input.clientMutationId ?? null,
    commit: () => gitObject(asking, repo, sha),
    ref: () => refNode(asking, repo, input.branch.branchName),
  };
}
