import type { ReviewPolicy } from "../core/policy.ts";
import type { Permission } from "../core/pull-request.ts";

const ladder: readonly Permission[] = ["none", "read", "triage", "write", "maintain", "admin"];

/** Who asks for what, as far as the answer depends on it. */
export interface Asker {
  readonly permission: Permission;
  readonly isAuthor: boolean;
  readonly isFork: boolean;
}

export type Authorization = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/**
 * Whether somebody may give commands: by permission on the repository, or as the pull request's author. The operator's
 * rule on forks stands above the repository's: no policy lets the author of a fork spend the operator's money.
 */
export const authorize = (
  asker: Asker,
  commands: ReviewPolicy["commands"],
  forks: "members" | "after_command" | "all",
): Authorization => {
  const holds = (least: Permission): boolean => ladder.indexOf(asker.permission) >= ladder.indexOf(least);
  if (asker.isFork && forks !== "all" && !holds("write"))
    return { allowed: false, reason: "On a pull request from a fork, commands are for people with write access." };
  if ((asker.isAuthor && commands.author) || holds(commands.who)) return { allowed: true };
  const author = commands.author ? ", and for the pull request's author" : "";
  return { allowed: false, reason: `Commands are for people with ${commands.who} access${author}.` };
};
