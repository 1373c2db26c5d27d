import { z } from "zod";
import { actorOf, requirePermission } from "../http/caller.ts";
import type { Caller } from "../http/caller.ts";
import type { Budget } from "../http/rate-limit.ts";
import type { Reply } from "../http/reply.ts";
import { GitHubError, notFound, notImitated } from "../github-error.ts";
import type { Actor } from "../actions/accounts.ts";
import { findRepo } from "../actions/repos.ts";
import type { Needs } from "../permission.ts";
import type { Pull, Repo } from "../state.ts";
import type { Deliverer } from "../webhooks/deliver.ts";
import type { World } from "../world.ts";

/** One REST request on its way to a route. */
export interface RestCall {
  readonly world: World;
  readonly deliverer: Deliverer;
  readonly caller: Caller;
  /** A path parameter of the route's template, decoded. */
  readonly param: (name: string) => string;
  readonly query: URLSearchParams;
  readonly url: URL;
  readonly accept: string;
  readonly body: unknown;
  readonly budget: () => { readonly core: Budget; readonly graphql: Budget };
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** As in GitHub's OpenAPI description: `/repos/{owner}/{repo}/pulls/{pull_number}`. */
  readonly template: string;
  /** Query parameters that it heeds, beside those of paging; any other is 501. */
  readonly query?: readonly string[];
  readonly handle: (call: RestCall) => Promise<Reply> | Reply;
}

export interface RepoCall extends RestCall {
  readonly repo: Repo;
  readonly actor: () => Actor;
}

export interface PullCall extends RepoCall {
  readonly pull: Pull;
}

interface Endpoint<Call> {
  readonly method: Route["method"];
  readonly path: string;
  readonly query?: readonly string[];
  readonly needs: Needs;
  readonly handle: (call: Call) => Promise<Reply> | Reply;
}

const paging = ["page", "per_page"];

/** Serves the call; what the route would silently leave out of account is refused first. */
export function serveRoute(route: Route, call: RestCall): Promise<Reply> | Reply {
  const heeded = new Set([...paging, ...(route.query ?? [])]);
  for (const name of call.query.keys()) {
    if (!heeded.has(name)) throw notImitated(`the query parameter ${name} of ${route.method} ${route.template}`);
  }
  return route.handle(call);
}

export const numberParam = (call: RestCall, name: string): number => {
  const value = Number(call.param(name));
  if (!Number.isSafeInteger(value)) throw notFound();
  return value;
};

/** A route only for the App itself, with its JSON web token. */
export const appRoute = (method: Route["method"], template: string, handle: Route["handle"]): Route => ({
  method,
  template,
  handle: (call) => {
    if (call.caller.kind !== "app") throw new GitHubError(401, "A JSON web token could not be decoded");
    return handle(call);
  },
});

/** A route below `/repos/{owner}/{repo}`, with the permission it needs. */
export const repoRoute = ({ method, path, query = [], needs, handle }: Endpoint<RepoCall>): Route => ({
  method,
  query,
  template: `/repos/{owner}/{repo}${path}`,
  handle: (call) => {
    const repo = findRepo(call.world, call.param("owner"), call.param("repo"));
    if (repo === null) throw notFound();
    requirePermission(call.caller, repo, needs);
    return handle({ ...call, repo, actor: () => actorOf(call.world, call.caller) });
  },
});

/** A route below `/repos/{owner}/{repo}/pulls/{pull_number}`. */
export const pullRoute = ({ path, handle, ...endpoint }: Endpoint<PullCall>): Route =>
  repoRoute({
    ...endpoint,
    path: `/pulls/{pull_number}${path}`,
    handle: (call) => {
      const pull = call.repo.conversations.get(numberParam(call, "pull_number"));
      if (pull?.kind !== "pull") throw notFound();
      return handle({ ...call, pull });
    },
  });

/** Parses the JSON body; unknown keys and wrong types are GitHub's 422 "Invalid request". */
export function parseBody<Schema extends z.ZodType>(call: RestCall, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(call.body ?? {});
  if (parsed.success) return parsed.data;
  throw new GitHubError(422, `Invalid request.\n\n${z.prettifyError(parsed.error)}`);
}

/** One page of a list with GitHub's Link header; `per_page` ends at 100. */
export function page<Item>(
  call: RestCall,
  items: readonly Item[],
): { items: readonly Item[]; headers: Record<string, string> } {
  const size = Math.min(100, Math.max(1, Number(call.query.get("per_page") ?? 30) || 30));
  const current = Math.max(1, Number(call.query.get("page") ?? 1) || 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = pageLinks(call, current, last);
  const headers: Record<string, string> = link === "" ? {} : { link };
  return { items: items.slice((current - 1) * size, current * size), headers };
}

const pageLinks = (call: RestCall, current: number, last: number): string => {
  const to = (number: number, rel: string): string => {
    const url = new URL(call.url);
    url.searchParams.set("page", String(number));
    return `<${url.href}>; rel="${rel}"`;
  };
  const back = current > 1 ? [to(current - 1, "prev"), to(1, "first")] : [];
  const forth = current < last ? [to(current + 1, "next"), to(last, "last")] : [];
  return [...back, ...forth].join(", ");
};
