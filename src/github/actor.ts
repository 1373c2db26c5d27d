import type { Actor } from "./pull-request-query.ts";

/** The login as REST, webhooks and policies write it: GraphQL leaves out the suffix of Apps ("dependabot[bot]"). */
export const loginOf = (actor: Actor): string => {
  // GitHub shows what deleted accounts wrote as the user ghost's.
  if (actor === null) return "ghost";
  return isBot(actor) && !actor.login.endsWith("[bot]") ? `${actor.login}[bot]` : actor.login;
};

export const isBot = (actor: Actor): boolean => actor !== null && actor.kind === "Bot";
