import { requirePermission } from "../http/caller.ts";
import type { Caller } from "../http/caller.ts";
import { GitHubError } from "../github-error.ts";
import type { Needs } from "../permission.ts";
import type { Account, Pull, Repo } from "../state.ts";
import type { World } from "../world.ts";

/** A field's value, or a function of its arguments. A field that is missing is one that the simulator does not imitate. */
export type Fields = Readonly<Record<string, unknown>>;

/** What resolving needs: the world, who asks, and as whom. */
export interface Asking {
  readonly world: World;
  readonly caller: Caller;
  readonly viewer: Account;
  /** The way back up: comments name their pull request, a pull request its repository. */
  readonly up: {
    readonly pull: (asking: Asking, pull: Pull) => Fields;
    readonly repository: (asking: Asking, repo: Repo) => Fields;
  };
}

const unresolved = (message: string): GitHubError => new GitHubError(404, message, { graphqlType: "NOT_FOUND" });

export const noSuchNode = (id: string): GitHubError =>
  unresolved(`Could not resolve to a node with the global id of '${id}'`);

export const noSuchRepo = (fullName: string): GitHubError =>
  unresolved(`Could not resolve to a Repository with the name '${fullName}'.`);

export const noSuchPull = (number: number): GitHubError =>
  unresolved(`Could not resolve to a PullRequest with the number of ${number}.`);

/** Throws FORBIDDEN where the token lacks the permission. */
export const allow = (asking: Asking, repo: Repo, needs: Needs): void => requirePermission(asking.caller, repo, needs);
