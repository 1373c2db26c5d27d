import { fetchInto, readBranches, writeRef } from "../git/bare-repository.ts";
import { readCommits } from "../git/read-objects.ts";
import { nodeId } from "../node-id.ts";
import type { Account, Commit, Pull, Repo } from "../state.ts";
import { stamp } from "../world.ts";
import type { World } from "../world.ts";
import { announcePull } from "../webhooks/pull-events.ts";
import { followThreads } from "./follow-threads.ts";
import { nextNumber, requireBranch } from "./repos.ts";

export interface NewPull {
  readonly repo: Repo;
  readonly headRepo: Repo;
  readonly headRef: string;
  readonly baseRef: string;
  readonly title: string;
  readonly body: string | null;
  readonly author: Account;
  readonly draft: boolean;
}

interface Range {
  readonly number: number;
  readonly headRepo: Repo;
  readonly headSha: string;
  readonly baseSha: string;
}

interface Content {
  readonly diff: Pull["diff"];
  readonly commits: readonly Commit[];
}

/** Brings the head's commits into the base repository as `refs/pull/N/head`, also from a fork, and reads the change. */
async function readContent(world: World, repo: Repo, range: Range): Promise<Content> {
  const { gitDir } = repo;
  const ref = `refs/pull/${range.number}/head`;
  if (range.headRepo === repo) await writeRef(world.git, gitDir, { name: ref, sha: range.headSha });
  else await fetchInto(world.git, gitDir, { from: range.headRepo.gitDir, refspec: `+${range.headSha}:${ref}` });
  const [diff, commits] = await Promise.all([
    world.readDiff(gitDir, { base: range.baseSha, head: range.headSha }),
    readCommits(world.git, gitDir, [range.headSha, `^${range.baseSha}`]),
  ]);
  return { diff, commits };
}

const buildPull = (world: World, input: NewPull, place: Range & Content): Pull => {
  const id = world.nextId();
  return {
    kind: "pull",
    id,
    nodeId: nodeId("PR", id),
    issueId: world.nextId(),
    number: place.number,
    repo: input.repo,
    author: input.author,
    title: input.title,
    body: input.body,
    state: "open",
    labels: [],
    comments: [],
    createdAt: stamp(world),
    updatedAt: stamp(world),
    closedAt: null,
    draft: input.draft,
    merged: false,
    mergedAt: null,
    mergedBy: null,
    headOwner: input.headRepo.owner,
    headRepo: input.headRepo,
    headRef: input.headRef,
    headSha: place.headSha,
    baseRef: input.baseRef,
    baseSha: place.baseSha,
    diff: place.diff,
    commits: place.commits,
    reviews: [],
    threads: [],
  };
};

export async function openPull(world: World, input: NewPull): Promise<Pull> {
  const [headSha, baseSha] = await Promise.all([
    requireBranch(world, input.headRepo, input.headRef),
    requireBranch(world, input.repo, input.baseRef),
  ]);
  const range = { number: nextNumber(input.repo), headRepo: input.headRepo, headSha, baseSha };
  const pull = buildPull(world, input, { ...range, ...(await readContent(world, input.repo, range)) });
  input.repo.conversations.set(pull.number, pull);
  world.state.nodes.set(pull.nodeId, pull);
  announcePull(world, pull, { action: "opened", sender: input.author });
  return pull;
}

/** Reads the pull request again after its head or base moved; threads follow their lines. */
async function rereadPull(world: World, pull: Pull, ends: { headSha: string; baseSha: string }): Promise<void> {
  const headRepo = pull.headRepo ?? pull.repo;
  const content = await readContent(world, pull.repo, { number: pull.number, headRepo, ...ends });
  await followThreads(world, { gitDir: pull.repo.gitDir, threads: pull.threads, from: pull.diff, to: content.diff });
  pull.headSha = ends.headSha;
  pull.baseSha = ends.baseSha;
  pull.diff = content.diff;
  pull.commits = content.commits;
  pull.updatedAt = stamp(world);
  moveReviews(pull);
}

// After a force-push GitHub shows reviews of commits that are gone on the new head.
const moveReviews = (pull: Pull): void => {
  const known = new Set(pull.commits.map((commit) => commit.sha));
  for (const review of pull.reviews) {
    if (!known.has(review.commitId)) review.commitId = pull.headSha;
  }
};

const openPullsFrom = (world: World, headRepo: Repo): readonly Pull[] =>
  world.state.repos
    .flatMap((repo) => [...repo.conversations.values()])
    .filter((item) => item.kind === "pull")
    .filter((pull) => pull.state === "open" && pull.headRepo === headRepo);

/** After a push to `repo`: every open pull request whose head branch moved gets its `synchronize`. */
export async function synchronizePulls(world: World, repo: Repo, sender: Account): Promise<void> {
  repo.pushedAt = stamp(world);
  const pulls = openPullsFrom(world, repo);
  if (pulls.length === 0) return;
  const branches = await readBranches(world.git, repo.gitDir);
  for (const pull of pulls) {
    const after = branches.get(pull.headRef);
    const before = pull.headSha;
    if (after === undefined || after === before) continue;
    const baseSha = await requireBranch(world, pull.repo, pull.baseRef);
    await rereadPull(world, pull, { headSha: after, baseSha });
    announcePull(world, pull, { action: "synchronize", sender, extra: { before, after } });
  }
}

export async function retargetPull(world: World, pull: Pull, change: { base: string; sender: Account }): Promise<void> {
  const from = { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } };
  const baseSha = await requireBranch(world, pull.repo, change.base);
  await rereadPull(world, pull, { headSha: pull.headSha, baseSha });
  pull.baseRef = change.base;
  announcePull(world, pull, { action: "edited", sender: change.sender, extra: { changes: { base: from } } });
}
