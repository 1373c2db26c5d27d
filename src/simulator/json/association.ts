import type { Account, Issue, Pull, Repo } from "../state.ts";

/** What GitHub calls a person's association; it says less about rights than the permission route. */
export function association(repo: Repo, account: Account): string {
  if (account.id === repo.owner.id) return "OWNER";
  if (account.type === "Bot") return "NONE";
  const role = repo.roles.get(account.login.toLowerCase());
  if (role !== undefined && role !== "none") return repo.owner.type === "Organization" ? "MEMBER" : "COLLABORATOR";
  return hasMergedBefore(repo, account) ? "CONTRIBUTOR" : "NONE";
}

const hasMergedBefore = (repo: Repo, account: Account): boolean =>
  [...repo.conversations.values()].some(
    (item: Issue | Pull) => item.kind === "pull" && item.merged && item.author.id === account.id,
  );
