import { accountJson } from "../json/account-json.ts";
import { repoJson } from "../json/repo-json.ts";
import type { Json } from "../json/urls.ts";
import type { Account, Installation, Repo } from "../state.ts";
import type { World } from "../world.ts";

/** The installation through which the App sees a repository; null where it sees nothing. */
const installationOf = (world: World, repo: Repo): Installation | null =>
  world.state.installations.find((one) => !one.deleted && one.suspendedAt === null && one.repos.has(repo)) ?? null;

const organization = (world: World, owner: Account): Json =>
  owner.type === "Organization"
    ? {
        organization: {
          login: owner.login,
          id: owner.id,
          node_id: owner.nodeId,
          url: `${world.url}/api/v3/orgs/${owner.login}`,
          repos_url: `${world.url}/api/v3/orgs/${owner.login}/repos`,
          events_url: `${world.url}/api/v3/orgs/${owner.login}/events`,
          hooks_url: `${world.url}/api/v3/orgs/${owner.login}/hooks`,
          issues_url: `${world.url}/api/v3/orgs/${owner.login}/issues`,
          members_url: `${world.url}/api/v3/orgs/${owner.login}/members{/member}`,
          public_members_url: `${world.url}/api/v3/orgs/${owner.login}/public_members{/member}`,
          avatar_url: `${world.url}/avatars/u/${owner.id}`,
          description: null,
        },
      }
    : {};

/** One event about a repository; nothing is sent where the App is not installed or did not subscribe. */
export interface RepoEvent {
  readonly event: string;
  readonly action: string;
  readonly sender: Account;
  readonly payload: Json;
}

export function announceRepoEvent(world: World, repo: Repo, { event, action, sender, payload }: RepoEvent): void {
  const installation = installationOf(world, repo);
  if (installation === null || !world.state.app.events.includes(event)) return;
  world.announce({
    event,
    action,
    installationId: installation.id,
    repositoryId: repo.id,
    payload: {
      action,
      ...payload,
      repository: repoJson(world, repo),
      ...organization(world, repo.owner),
      sender: accountJson(world, sender),
      installation: { id: installation.id, node_id: Buffer.from(`installation:${installation.id}`).toString("base64") },
    },
  });
}
