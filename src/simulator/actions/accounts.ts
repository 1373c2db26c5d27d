import { GitHubError } from "../github-error.ts";
import { nodeId } from "../node-id.ts";
import type { Account } from "../state.ts";
import type { World } from "../world.ts";

const prefixes = { User: "U", Organization: "O", Bot: "BOT" } as const;

/** Who acts, and whether through the App (then comments carry `performed_via_github_app`). */
export interface Actor {
  readonly account: Account;
  readonly viaApp: boolean;
}

export function createAccount(nextId: () => number, login: string, type: Account["type"]): Account {
  const id = nextId();
  return { id, nodeId: nodeId(prefixes[type], id), login, type };
}

export function findAccount(world: World, login: string): Account | null {
  return world.state.accounts.get(login.toLowerCase()) ?? null;
}

/** Logins are unique without regard to case. */
export function addAccount(world: World, login: string, type: Account["type"]): Account {
  if (findAccount(world, login) !== null) throw new Error(`the account ${login} exists already`);
  const account = createAccount(world.nextId, login, type);
  world.state.accounts.set(login.toLowerCase(), account);
  return account;
}

export function requireAccount(world: World, login: string): Account {
  const account = findAccount(world, login);
  if (account === null) throw new GitHubError(404, `there is no account ${login}`);
  return account;
}
