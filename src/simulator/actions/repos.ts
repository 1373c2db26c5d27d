import { join } from "node:path";
import { createBareRepository, readBranches, readHeadBranch, resolveCommit } from "../git/bare-repository.ts";
import type { Origin } from "../git/bare-repository.ts";
import { notFound } from "../github-error.ts";
import { nodeId } from "../node-id.ts";
import type { Account, Label, Repo, Role } from "../state.ts";
import { stamp } from "../world.ts";
import type { World } from "../world.ts";

export interface NewRepo {
  readonly owner: Account;
  readonly name: string;
  readonly private: boolean;
  readonly parent: Repo | null;
  readonly origin: Origin;
  readonly defaultBranch: string | null;
}

/** Makes the repository with its bare git folder, named by id: names change and are reused. */
export async function addRepo(world: World, input: NewRepo): Promise<Repo> {
  if (findRepo(world, input.owner.login, input.name) !== null) {
    throw new Error(`the repository ${input.owner.login}/${input.name} exists already`);
  }
  const id = world.nextId();
  const gitDir = join(world.dir, "repositories", `${id}.git`);
  await createBareRepository(world.git, { gitDir, branch: input.defaultBranch, origin: input.origin });
  const repo: Repo = {
    id,
    nodeId: nodeId("R", id),
    owner: input.owner,
    name: input.name,
    private: input.private,
    defaultBranch: await readHeadBranch(world.git, gitDir),
    gitDir,
    parent: input.parent,
    createdAt: stamp(world),
    pushedAt: stamp(world),
    deleted: false,
    roles: new Map(),
    labels: new Map(),
    conversations: new Map(),
    checkSuites: [],
  };
  world.state.repos.push(repo);
  world.state.nodes.set(repo.nodeId, repo);
  return repo;
}

export const findRepo = (world: World, owner: string, name: string): Repo | null =>
  world.state.repos.find(
    (repo) =>
      !repo.deleted &&
      repo.owner.login.toLowerCase() === owner.toLowerCase() &&
      repo.name.toLowerCase() === name.toLowerCase(),
  ) ?? null;

/** `owner/name`; throws where there is no such repository. */
export function requireRepo(world: World, fullName: string): Repo {
  const [owner = "", name = ""] = fullName.split("/");
  const repo = findRepo(world, owner, name);
  if (repo === null) throw new Error(`there is no repository ${fullName}`);
  return repo;
}

export async function requireCommit(world: World, repo: Repo, revision: string): Promise<string> {
  const sha = await resolveCommit(world.git, repo.gitDir, revision);
  if (sha === null) throw notFound();
  return sha;
}

export async function requireBranch(world: World, repo: Repo, branch: string): Promise<string> {
  const sha = (await readBranches(world.git, repo.gitDir)).get(branch);
  if (sha === undefined) throw new Error(`${repo.owner.login}/${repo.name} has no branch ${branch}`);
  return sha;
}

export const nextNumber = (repo: Repo): number => Math.max(0, ...repo.conversations.keys()) + 1;

export function ensureLabel(world: World, repo: Repo, name: string): Label {
  const known = repo.labels.get(name.toLowerCase());
  if (known !== undefined) return known;
  const id = world.nextId();
  const label = { id, nodeId: nodeId("LA", id), name };
  repo.labels.set(name.toLowerCase(), label);
  return label;
}

/** A person's role: the owner is admin, everybody reads a public repository. */
export function roleOf(repo: Repo, account: Account): Role {
  if (account.id === repo.owner.id) return "admin";
  return repo.roles.get(account.login.toLowerCase()) ?? (repo.private ? "none" : "read");
}
