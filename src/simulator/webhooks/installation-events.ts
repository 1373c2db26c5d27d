import { accountJson } from "../json/account-json.ts";
import { installationJson } from "../json/app-json.ts";
import { repoReferenceJson } from "../json/repo-json.ts";
import type { Json } from "../json/urls.ts";
import type { Installation, Repo } from "../state.ts";
import type { World } from "../world.ts";

interface InstallationEvent {
  readonly event: "installation" | "installation_repositories";
  readonly action: string;
  readonly extra: Json;
}

const announce = (world: World, installation: Installation, { event, action, extra }: InstallationEvent): void =>
  world.announce({
    event,
    action,
    installationId: installation.id,
    repositoryId: null,
    payload: {
      action,
      installation: installationJson(world, installation),
      ...extra,
      sender: accountJson(world, installation.account),
    },
  });

export const announceInstallation = (
  world: World,
  installation: Installation,
  action: "created" | "deleted" | "suspend" | "unsuspend",
): void =>
  announce(world, installation, {
    event: "installation",
    action,
    extra: { repositories: [...installation.repos].map(repoReferenceJson) },
  });

/** Every App gets these two events; there is no subscribing to them. */
export const announceRepositories = (
  world: World,
  installation: Installation,
  change: { readonly added: readonly Repo[]; readonly removed: readonly Repo[] },
): void =>
  announce(world, installation, {
    event: "installation_repositories",
    action: change.added.length > 0 ? "added" : "removed",
    extra: {
      repository_selection: "selected",
      repositories_added: change.added.map(repoReferenceJson),
      repositories_removed: change.removed.map(repoReferenceJson),
      requester: null,
    },
  });
