import { addAccount, findAccount } from "../actions/accounts.ts";
import { requireRepo } from "../actions/repos.ts";
import type { ConversationRef } from "../simulator.ts";
import type { Account, CheckRun, Issue, IssueComment, Pull, ReviewComment } from "../state.ts";
import type { World } from "../world.ts";

/** Look-ups of the control surface: what a test names and is not there is the test's mistake, and throws. */

/** The account of that name, added as a person where nobody did. */
export const person = (world: World, login: string): Account =>
  findAccount(world, login) ?? addAccount(world, login, "User");

export function requireConversation(world: World, ref: ConversationRef): Issue | Pull {
  const found = requireRepo(world, ref.repo).conversations.get(ref.number);
  if (found === undefined) throw new Error(`there is no ${ref.repo}#${ref.number}`);
  return found;
}

export function requirePull(world: World, ref: ConversationRef): Pull {
  const found = requireConversation(world, ref);
  if (found.kind !== "pull") throw new Error(`${ref.repo}#${ref.number} is an issue`);
  return found;
}

export function requireIssueComment(world: World, id: number): IssueComment {
  for (const node of world.state.nodes.values()) {
    if ("kind" in node && node.kind === "issue_comment" && node.id === id) return node;
  }
  throw new Error(`there is no comment ${id}`);
}

export function requireReviewComment(world: World, id: number): ReviewComment {
  for (const node of world.state.nodes.values()) {
    if ("kind" in node && node.kind === "review_comment" && node.id === id) return node;
  }
  throw new Error(`there is no line comment ${id}`);
}

export function requireCheckRun(world: World, id: number): CheckRun {
  for (const node of world.state.nodes.values()) {
    if ("suite" in node && node.id === id) return node;
  }
  throw new Error(`there is no check run ${id}`);
}
