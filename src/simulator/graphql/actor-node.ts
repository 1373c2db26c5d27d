import type { Account } from "../state.ts";
import type { World } from "../world.ts";
import type { Fields } from "./fields.ts";

/** An author. GraphQL names a bot without the `[bot]` that REST gives it. */
export const actorNode = (world: World, account: Account): Fields => ({
  __typename: account.type,
  id: account.nodeId,
  databaseId: account.id,
  fullDatabaseId: String(account.id),
  login: account.login.replace(/\[bot\]$/, ""),
  avatarUrl: `${world.url}/avatars/u/${account.id}`,
  url: `${world.url}/${account.login}`,
  resourcePath: `/${account.login}`,
});
