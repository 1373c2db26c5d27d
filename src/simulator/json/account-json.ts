import type { Account } from "../state.ts";
import type { World } from "../world.ts";
import { apiUrl } from "./urls.ts";
import type { Json } from "./urls.ts";

const listed = {
  followers_url: "/followers",
  following_url: "/following{/other_user}",
  gists_url: "/gists{/gist_id}",
  starred_url: "/starred{/owner}{/repo}",
  subscriptions_url: "/subscriptions",
  organizations_url: "/orgs",
  repos_url: "/repos",
  events_url: "/events{/privacy}",
  received_events_url: "/received_events",
} as const;

/** GitHub's "simple user". */
export function accountJson(world: World, account: Account): Json {
  const url = apiUrl(world, `/users/${encodeURIComponent(account.login)}`);
  return {
    login: account.login,
    id: account.id,
    node_id: account.nodeId,
    avatar_url: `${world.url}/avatars/u/${account.id}`,
    gravatar_id: "",
    url,
    html_url: `${world.url}/${account.type === "Bot" ? `apps/${account.login.replace("[bot]", "")}` : account.login}`,
    ...Object.fromEntries(Object.entries(listed).map(([key, path]) => [key, url + path])),
    type: account.type,
    user_view_type: "public",
    site_admin: false,
  };
}
