import { addAccount, findAccount } from "../actions/accounts.ts";
import { installOn } from "../actions/installations.ts";
import { synchronizePulls } from "../actions/pulls.ts";
import { addRepo, requireRepo } from "../actions/repos.ts";
import { fetchInto, readBranches, resolveCommit, writeRef } from "../git/bare-repository.ts";
import type { Origin } from "../git/bare-repository.ts";
import { commitFiles } from "../git/commit-files.ts";
import type { NewRepository, People, Push } from "../simulator.ts";
import type { Account, Person, Repo } from "../state.ts";
import { stamp } from "../world.ts";
import type { World } from "../world.ts";
import { person, requirePull } from "./find.ts";
import { repositoryView } from "./views.ts";

type Repositories = Pick<
  People,
  "addUser" | "setPermission" | "createRepository" | "fork" | "deleteFork" | "push" | "pushFromGit" | "moveHead"
>;

const author = (world: World, account: Account, date = stamp(world)): Person => ({
  name: account.login,
  email: `${account.id}+${account.login}@users.noreply.example`,
  date,
});

const originOf = (input: NewRepository): Origin => {
  const from = input.fromBundle ?? input.fromGitDir;
  return from === undefined ? { kind: "empty" } : { kind: "clone", from };
};

async function createRepository(world: World, input: NewRepository): Promise<Repo> {
  const owner = findAccount(world, input.owner) ?? addAccount(world, input.owner, "Organization");
  const repo = await addRepo(world, {
    owner,
    name: input.name,
    private: input.private ?? false,
    parent: null,
    origin: originOf(input),
    defaultBranch: input.defaultBranch ?? null,
  });
  if (input.files !== undefined) {
    await commitFiles(world.git, repo.gitDir, {
      branch: repo.defaultBranch,
      parent: null,
      files: input.files,
      deleted: [],
      message: "Initial commit",
      author: author(world, owner, input.date),
    });
  }
  if (input.installed !== false) installOn(world, repo);
  return repo;
}

const fork = async (world: World, parent: Repo, owner: string): Promise<Repo> =>
  addRepo(world, {
    owner: person(world, owner),
    name: parent.name,
    private: parent.private,
    parent,
    origin: { kind: "clone", from: parent.gitDir },
    defaultBranch: parent.defaultBranch,
  });

const deleteFork = (world: World, repo: Repo): void => {
  if (repo.parent === null) throw new Error(`${repo.owner.login}/${repo.name} is no fork`);
  repo.deleted = true;
  const pulls = [...repo.parent.conversations.values()].filter((item) => item.kind === "pull");
  for (const pull of pulls) {
    if (pull.headRepo === repo) pull.headRepo = null;
  }
  world.state.nodes.delete(repo.nodeId);
};

/** What the commit builds on; null for the first commit of an empty repository. */
async function parentOf(world: World, repo: Repo, input: { readonly branch: string } & Push): Promise<string | null> {
  const branches = await readBranches(world.git, repo.gitDir);
  const tip = branches.get(input.branch) ?? null;
  if (input.from === undefined) return tip ?? branches.get(repo.defaultBranch) ?? null;
  const from = await resolveCommit(world.git, repo.gitDir, input.from);
  if (from === null) throw new Error(`${repo.owner.login}/${repo.name} has no ${input.from}`);
  if (tip !== null && from !== tip && input.force !== true)
    throw new Error(`a push of ${input.branch} onto ${from} needs force`);
  return from;
}

async function pushCommit(world: World, repo: Repo, input: { readonly branch: string } & Push): Promise<string> {
  const sender = input.login === undefined ? repo.owner : person(world, input.login);
  const sha = await commitFiles(world.git, repo.gitDir, {
    branch: input.branch,
    parent: await parentOf(world, repo, input),
    files: input.files ?? {},
    deleted: input.deleted ?? [],
    message: input.message ?? `Change ${input.branch}`,
    author: author(world, sender, input.date),
  });
  await synchronizePulls(world, repo, sender);
  return sha;
}

export const repositoryControls = (world: World): Repositories => ({
  addUser: ({ login, type }) => ({ id: addAccount(world, login, type ?? "User").id }),
  setPermission: (repo, login, role) => {
    requireRepo(world, repo).roles.set(person(world, login).login.toLowerCase(), role);
  },
  createRepository: async (input) => repositoryView(world, await createRepository(world, input)),
  fork: async (repo, owner) => repositoryView(world, await fork(world, requireRepo(world, repo), owner)),
  deleteFork: (repo) => deleteFork(world, requireRepo(world, repo)),
  push: (repo, branch, input) => pushCommit(world, requireRepo(world, repo), { ...input, branch }),
  pushFromGit: async (name, { dir, refspec }) => {
    const repo = requireRepo(world, name);
    await fetchInto(world.git, repo.gitDir, { from: dir, refspec });
    await synchronizePulls(world, repo, repo.owner);
  },
  moveHead: async (ref, sha) => {
    const pull = requirePull(world, ref);
    const headRepo = pull.headRepo ?? pull.repo;
    await writeRef(world.git, headRepo.gitDir, { name: `refs/heads/${pull.headRef}`, sha });
    await synchronizePulls(world, headRepo, pull.author);
  },
});
