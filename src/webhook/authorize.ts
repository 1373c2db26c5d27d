import type { ReviewPolicy } from "../core/policy.ts";
import type { Permission } from "../core/pull-request.ts";

const ladder: readonly Permission[] = ["none", "read", "triage", "write", "maintain", "admin"];

/** Who asks, as far as the answer depends on it. */
export interface Asker {
  readonly permission: Permission;
  readonly isAuthor: boolean;
}

/** Whether somebody may ask for reviews: by permission on the repository, or as the pull request's author. */
export const mayAskForReview = (asker: Asker, commands: ReviewPolicy["commands"]): boolean =>
  (asker.isAuthor && commands.author) || ladder.indexOf(asker.permission) >= ladder.indexOf(commands.who);
