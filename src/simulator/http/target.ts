import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { executeGraphql, graphqlRequest, operationNames } from "../graphql/execute.ts";
import type { GraphqlRequest } from "../graphql/execute.ts";
import { matchGitPath, serveGit } from "../git-http.ts";
import { GitHubError, notFound, notImitated } from "../github-error.ts";
import { readManifestForm } from "../manifest-form.ts";
import { renderPullPage } from "../page/render-pull-page.ts";
import { findRepo } from "../actions/repos.ts";
import { matchRoute } from "../rest/match-route.ts";
import { serveRoute } from "../rest/route.ts";
import type { Deliverer } from "../webhooks/deliver.ts";
import type { World } from "../world.ts";
import { authenticate } from "./caller.ts";
import type { Caller } from "./caller.ts";
import type { RateLimiter, Resource } from "./rate-limit.ts";
import { json, text } from "./reply.ts";
import type { Reply } from "./reply.ts";
import type { RequestRecord } from "./request-log.ts";

export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Parts {
  readonly world: World;
  readonly deliverer: Deliverer;
  readonly limiter: RateLimiter;
  /** Told of errors that are the simulator's own. */
  readonly onFailure: (error: Error) => void;
}

/** What a request turned out to ask for, and how to answer it. */
export interface Target extends Omit<RequestRecord, "status" | "tokenId"> {
  readonly body: unknown;
  readonly graphql: GraphqlRequest | null;
  readonly resource: Resource | null;
  readonly serve: (caller: Caller) => Promise<Reply> | Reply;
}

const parseJson = (body: Buffer): unknown => {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new GitHubError(400, "Problems parsing JSON");
  }
};

const budgets = (parts: Parts, caller: Caller) => () => ({
  core: parts.limiter.read(caller, "core"),
  graphql: parts.limiter.read(caller, "graphql"),
});

const unknownTarget = (incoming: Incoming, path: string): Target => ({
  kind: "unknown",
  method: incoming.method,
  route: "",
  path,
  operations: [],
  body: null,
  graphql: null,
  resource: null,
  serve: () => {
    throw notImitated(`${incoming.method} ${path}`);
  },
});

const isTokenRequest = (template: string): boolean => template.endsWith("/access_tokens");

function restTarget(parts: Parts, incoming: Incoming): Target {
  const path = incoming.url.pathname.slice("/api/v3".length);
  const match = matchRoute(incoming.method, path);
  if (match === null) return unknownTarget(incoming, path);
  const { route, param } = match;
  const body = parseJson(incoming.body);
  const { world, deliverer } = parts;
  const accept = incoming.headers.accept ?? "";
  return {
    kind: isTokenRequest(route.template) ? "token" : "rest",
    method: incoming.method,
    route: route.template,
    path,
    operations: [],
    body,
    graphql: null,
    resource: route.template === "/rate_limit" ? null : "core",
    serve: (caller) =>
      serveRoute(route, {
        world,
        deliverer,
        caller,
        param,
        query: incoming.url.searchParams,
        url: incoming.url,
        accept,
        body,
        budget: budgets(parts, caller),
      }),
  };
}

function graphqlTarget(parts: Parts, incoming: Incoming): Target {
  const body = parseJson(incoming.body);
  const request = graphqlRequest.safeParse(body);
  return {
    kind: "graphql",
    method: incoming.method,
    route: "/graphql",
    path: "/graphql",
    operations: request.success ? operationNames(request.data) : [],
    body,
    graphql: request.success ? request.data : null,
    resource: "graphql",
    serve: async (caller) => {
      if (!request.success) throw new GitHubError(400, z.prettifyError(request.error));
      if (caller.kind === "anonymous") throw new GitHubError(401, "This endpoint requires you to be authenticated.");
      const budget = () => parts.limiter.read(caller, "graphql");
      const { world, onFailure } = parts;
      return json(200, await executeGraphql({ world, caller, request: request.data, budget, onFailure }));
    },
  };
}

const plainTarget = (incoming: Incoming, kind: "git" | "page", rest: Pick<Target, "route" | "serve">): Target => ({
  kind,
  method: incoming.method,
  path: incoming.url.pathname,
  operations: [],
  body: null,
  graphql: null,
  resource: null,
  ...rest,
});

const header = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === "string" ? value : value?.join(", ");

function gitTarget(parts: Parts, incoming: Incoming): Target | null {
  const request = matchGitPath(incoming.url.pathname);
  if (request === null) return null;
  const { method, url, body } = incoming;
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, header(value)]));
  return plainTarget(incoming, "git", {
    route: `/{owner}/{repo}.git/${request.service}`,
    serve: (caller) => serveGit(parts.world, caller, { request, method, query: url.search.slice(1), headers, body }),
  });
}

const pullPagePattern = /^\/([^/]+)\/([^/]+)\/pull\/(\d+)$/;

function pageTarget(parts: Parts, incoming: Incoming): Target | null {
  const [, owner = "", name = "", number = ""] = pullPagePattern.exec(incoming.url.pathname) ?? [];
  if (incoming.method === "GET" && owner !== "") {
    return plainTarget(incoming, "page", {
      route: "/{owner}/{repo}/pull/{number}",
      serve: () => pullPage(parts.world, { owner, name, number: Number(number) }),
    });
  }
  if (incoming.method !== "POST" || incoming.url.pathname !== "/settings/apps/new") return null;
  return plainTarget(incoming, "page", {
    route: "/settings/apps/new",
    serve: () => readManifestForm(parts.world, { body: incoming.body, state: incoming.url.searchParams.get("state") }),
  });
}

const pullPage = (world: World, at: { owner: string; name: string; number: number }): Reply => {
  const pull = findRepo(world, at.owner, at.name)?.conversations.get(at.number);
  if (pull?.kind !== "pull") throw notFound();
  return text(200, "text/html; charset=utf-8", renderPullPage(world, pull));
};

/** Finds what a request asks for; 400 for a body that is no JSON. */
export function findTarget(parts: Parts, incoming: Incoming): Target {
  const { pathname } = incoming.url;
  if (pathname === "/api/graphql" && incoming.method === "POST") return graphqlTarget(parts, incoming);
  if (pathname.startsWith("/api/v3/")) return restTarget(parts, incoming);
  return gitTarget(parts, incoming) ?? pageTarget(parts, incoming) ?? unknownTarget(incoming, pathname);
}

export const readCaller = (parts: Parts, incoming: Incoming): Caller =>
  authenticate(parts.world, incoming.headers.authorization);
