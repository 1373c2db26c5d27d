import type { Installation } from "../state.ts";
import type { World } from "../world.ts";
import { accountJson } from "./account-json.ts";
import { apiUrl } from "./urls.ts";
import type { Json } from "./urls.ts";

export function appJson(world: World): Json {
  const { app } = world.state;
  return {
    id: app.id,
    slug: app.slug,
    node_id: app.nodeId,
    client_id: `Iv23li${app.id}`,
    owner: accountJson(world, app.owner),
    name: app.name,
    description: "",
    external_url: world.url,
    html_url: `${world.url}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: app.events,
  };
}

export function installationJson(world: World, installation: Installation): Json {
  const { app } = world.state;
  return {
    id: installation.id,
    account: accountJson(world, installation.account),
    repository_selection: "selected",
    access_tokens_url: apiUrl(world, `/app/installations/${installation.id}/access_tokens`),
    repositories_url: apiUrl(world, "/installation/repositories"),
    html_url: `${world.url}/settings/installations/${installation.id}`,
    app_id: app.id,
    client_id: `Iv23li${app.id}`,
    app_slug: app.slug,
    target_id: installation.account.id,
    target_type: installation.account.type,
    permissions: installation.permissions,
    events: app.events,
    created_at: installation.createdAt,
    updated_at: installation.updatedAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: installation.suspendedAt === null ? null : accountJson(world, installation.account),
    suspended_at: installation.suspendedAt,
  };
}
