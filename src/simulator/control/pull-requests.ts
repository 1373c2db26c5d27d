import { openPull, retargetPull } from "../actions/pulls.ts";
import { addLabel, closePull, editText, reopenPull, setDraft } from "../actions/pull-changes.ts";
import { nextNumber, requireBranch, requireRepo } from "../actions/repos.ts";
import { mergeCommits } from "../git/merge-commits.ts";
import { readCommits } from "../git/read-objects.ts";
import { nodeId } from "../node-id.ts";
import type { ConversationRef, NewPullRequest, People } from "../simulator.ts";
import type { Account, CheckSuite, Issue, Pull, Repo } from "../state.ts";
import { announceCheckRun, announceCheckSuite, announceMergeGroup } from "../webhooks/check-events.ts";
import { stamp } from "../world.ts";
import type { World } from "../world.ts";
import { person, requireCheckRun, requirePull } from "./find.ts";
import { pullView } from "./views.ts";

type PullRequests = Pick<
  People,
  | "openPullRequest"
  | "markReady"
  | "convertToDraft"
  | "editPullRequest"
  | "retarget"
  | "closePullRequest"
  | "reopenPullRequest"
  | "label"
  | "createIssue"
  | "mergeGroup"
  | "rerequestCheckRun"
  | "rerequestCheckSuite"
>;

const open = (world: World, input: NewPullRequest): Promise<Pull> => {
  const repo = requireRepo(world, input.repo);
  const [first = "", second] = input.head.split(":");
  return openPull(world, {
    repo,
    headRepo: second === undefined ? repo : requireRepo(world, `${first}/${repo.name}`),
    headRef: second ?? first,
    baseRef: input.base ?? repo.defaultBranch,
    title: input.title,
    body: input.body ?? null,
    author: person(world, input.author),
    draft: input.draft ?? false,
  });
};

const createIssue = (world: World, repo: Repo, input: { title: string; author: Account }): Issue => {
  const id = world.nextId();
  const issue: Issue = {
    kind: "issue",
    id,
    issueId: id,
    nodeId: nodeId("I", id),
    number: nextNumber(repo),
    repo,
    author: input.author,
    title: input.title,
    body: null,
    state: "open",
    labels: [],
    comments: [],
    createdAt: stamp(world),
    updatedAt: stamp(world),
    closedAt: null,
  };
  repo.conversations.set(issue.number, issue);
  world.state.nodes.set(issue.nodeId, issue);
  return issue;
};

async function mergeGroup(world: World, pull: Pull): Promise<string> {
  const { repo } = pull;
  const baseSha = await requireBranch(world, repo, pull.baseRef);
  const headRef = `refs/heads/gh-readonly-queue/${pull.baseRef}/pr-${pull.number}-${baseSha}`;
  const sha = await mergeCommits(world.git, repo.gitDir, { base: baseSha, head: pull.headSha, ref: headRef });
  const [head] = await readCommits(world.git, repo.gitDir, ["--no-walk=unsorted", sha]);
  if (head === undefined) throw new Error(`the merge ${sha} cannot be read`);
  const baseRef = `refs/heads/${pull.baseRef}`;
  announceMergeGroup(world, repo, { baseRef, baseSha, headRef, head, sender: repo.owner });
  return sha;
}

const requireSuite = (repo: Repo, headSha: string): CheckSuite => {
  const suite = repo.checkSuites.find((one) => one.headSha === headSha);
  if (suite === undefined) throw new Error(`no check ran on ${headSha}`);
  return suite;
};

async function rerequestSuite(world: World, suite: CheckSuite, sender: Account): Promise<void> {
  const [head] = await readCommits(world.git, suite.repo.gitDir, ["--no-walk=unsorted", suite.headSha]);
  if (head === undefined) throw new Error(`${suite.headSha} cannot be read`);
  announceCheckSuite(world, suite, { action: "rerequested", sender, head });
}

export const pullRequestControls = (world: World): PullRequests => {
  const pullOf = (ref: ConversationRef): Pull => requirePull(world, ref);
  const sender = (pull: Pull, login: string | undefined): Account =>
    login === undefined ? pull.author : person(world, login);
  return {
    openPullRequest: async (input) => pullView(world, await open(world, input)),
    markReady: (ref, login) => setDraft(world, pullOf(ref), { draft: false, sender: sender(pullOf(ref), login) }),
    convertToDraft: (ref, login) => setDraft(world, pullOf(ref), { draft: true, sender: sender(pullOf(ref), login) }),
    editPullRequest: (ref, change) => editText(world, pullOf(ref), { ...change, sender: pullOf(ref).author }),
    retarget: (ref, base) => retargetPull(world, pullOf(ref), { base, sender: pullOf(ref).author }),
    closePullRequest: (ref, change) =>
      closePull(world, pullOf(ref), { merged: change?.merged ?? false, sender: pullOf(ref).author }),
    reopenPullRequest: (ref) => reopenPull(world, pullOf(ref), pullOf(ref).author),
    label: (ref, name) => addLabel(world, pullOf(ref), { name, sender: pullOf(ref).author }),
    createIssue: ({ repo, title, author }) => {
      const issue = createIssue(world, requireRepo(world, repo), { title, author: person(world, author) });
      return { repo, number: issue.number };
    },
    mergeGroup: (ref) => mergeGroup(world, pullOf(ref)),
    rerequestCheckRun: (id, login) => {
      const run = requireCheckRun(world, id);
      const by = login === undefined ? run.suite.repo.owner : person(world, login);
      announceCheckRun(world, run, { action: "rerequested", sender: by });
    },
    rerequestCheckSuite: (name, headSha, login) => {
      const repo = requireRepo(world, name);
      return rerequestSuite(
        world,
        requireSuite(repo, headSha),
        login === undefined ? repo.owner : person(world, login),
      );
    },
  };
};
