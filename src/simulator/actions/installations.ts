import { GitHubError } from "../github-error.ts";
import { fullPermissions, includesPermissions } from "../permission.ts";
import type { Permissions } from "../permission.ts";
import type { Account, Installation, InstallationToken, Repo } from "../state.ts";
import { announceInstallation, announceRepositories } from "../webhooks/installation-events.ts";
import { newSecret, stamp } from "../world.ts";
import type { World } from "../world.ts";

export const findInstallation = (world: World, account: Account): Installation | null =>
  world.state.installations.find((one) => !one.deleted && one.account.id === account.id) ?? null;

/** Installs the App on the repository, making the owner's installation where there is none yet. */
export function installOn(world: World, repo: Repo): Installation {
  const known = findInstallation(world, repo.owner);
  if (known !== null) {
    if (known.repos.has(repo)) return known;
    known.repos.add(repo);
    announceRepositories(world, known, { added: [repo], removed: [] });
    return known;
  }
  const installation: Installation = {
    id: world.nextId(),
    account: repo.owner,
    repos: new Set([repo]),
    permissions: world.state.app.permissions,
    createdAt: stamp(world),
    updatedAt: stamp(world),
    suspendedAt: null,
    deleted: false,
  };
  world.state.installations.push(installation);
  announceInstallation(world, installation, "created");
  return installation;
}

export function uninstallFrom(world: World, installation: Installation, repo: Repo): void {
  if (!installation.repos.delete(repo)) return;
  announceRepositories(world, installation, { added: [], removed: [repo] });
}

export function deleteInstallation(world: World, installation: Installation): void {
  announceInstallation(world, installation, "deleted");
  installation.deleted = true;
}

export function setSuspended(world: World, installation: Installation, suspended: boolean): void {
  installation.suspendedAt = suspended ? stamp(world) : null;
  announceInstallation(world, installation, suspended ? "suspend" : "unsuspend");
}

const grantable = (installation: Installation, wanted: Permissions): Permissions => {
  if (!includesPermissions(installation.permissions, wanted)) {
    throw new GitHubError(422, "The permissions requested are not granted to this installation.");
  }
  return { metadata: "read", ...wanted };
};

const selectRepos = (
  installation: Installation,
  matches: (repo: Repo) => boolean,
  wanted: number,
): ReadonlySet<Repo> => {
  const found = [...installation.repos].filter((repo) => !repo.deleted && matches(repo));
  if (found.length < wanted) {
    throw new GitHubError(
      422,
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  }
  return new Set(found);
};

export interface TokenRequest {
  readonly repositories?: readonly string[] | undefined;
  readonly repository_ids?: readonly number[] | undefined;
  readonly permissions?: Permissions | undefined;
}

const tokenRepos = (installation: Installation, request: TokenRequest): ReadonlySet<Repo> | null => {
  const { repositories: names, repository_ids: ids } = request;
  if (ids !== undefined) return selectRepos(installation, (repo) => ids.includes(repo.id), new Set(ids).size);
  if (names === undefined) return null;
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return selectRepos(installation, (repo) => wanted.has(repo.name.toLowerCase()), wanted.size);
};

/** An installation token, for some repositories and some of the installation's permissions where that is asked. */
export function createToken(world: World, installation: Installation, request: TokenRequest): InstallationToken {
  if (installation.suspendedAt !== null) throw new GitHubError(403, "This installation has been suspended");
  const permissions =
    request.permissions === undefined ? installation.permissions : grantable(installation, request.permissions);
  const token: InstallationToken = {
    kind: "installation",
    id: world.nextId(),
    value: newSecret("ghs_"),
    installation,
    repos: tokenRepos(installation, request),
    permissions,
    expiresAt: new Date(world.now().getTime() + world.limits.tokenLifetimeMs),
  };
  world.state.tokens.set(token.value, token);
  return token;
}

/** A person's own token, as `GITHUB_TOKEN` on the command line; it may do what the person may. */
export function createUserToken(world: World, user: Account): string {
  const value = newSecret("ghp_");
  world.state.tokens.set(value, { kind: "user", id: world.nextId(), value, user });
  return value;
}

/** What a person's role allows, in the words of an App's permissions. */
export const permissionsByRole = {
  admin: fullPermissions,
  maintain: fullPermissions,
  write: fullPermissions,
  triage: { metadata: "read", contents: "read", pull_requests: "write", issues: "write", checks: "read" },
  read: { metadata: "read", contents: "read", pull_requests: "write", issues: "write", checks: "read" },
  none: {},
} as const satisfies Readonly<Record<string, Permissions>>;
