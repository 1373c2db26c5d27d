import { appRoutes } from "./app-routes.ts";
import { checkRoutes } from "./check-routes.ts";
import { issueRoutes } from "./issue-routes.ts";
import { pullRoutes } from "./pull-routes.ts";
import { reactionRoutes } from "./reaction-routes.ts";
import { repoRoutes } from "./repo-routes.ts";
import { reviewCommentRoutes } from "./review-comment-routes.ts";
import { reviewRoutes } from "./review-routes.ts";
import type { Route } from "./route.ts";

const all: readonly Route[] = [
  ...appRoutes,
  ...repoRoutes,
  ...pullRoutes,
  ...reviewRoutes,
  ...reviewCommentRoutes,
  ...issueRoutes,
  ...reactionRoutes,
  ...checkRoutes,
];

// A path in the repository and a ref may hold slashes; GitHub takes them as they are.
const greedy = new Set(["path", "ref", "basehead"]);

const toPattern = (template: string): RegExp =>
  new RegExp(
    `^${template.replaceAll(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>${greedy.has(name) ? ".+" : "[^/]+"})`)}$`,
  );

const table = all.map((route) => ({ route, pattern: toPattern(route.template) }));

export interface RouteMatch {
  readonly route: Route;
  readonly param: (name: string) => string;
}

/** The route for a path without `/api/v3`; null where the simulator imitates none. */
export function matchRoute(method: string, path: string): RouteMatch | null {
  for (const { route, pattern } of table) {
    const found = route.method === method ? pattern.exec(path) : null;
    if (found !== null) return { route, param: (name) => readParam(found.groups, name) };
  }
  return null;
}

const readParam = (groups: Readonly<Record<string, string>> | undefined, name: string): string => {
  const value = groups?.[name];
  if (value === undefined) throw new Error(`the route has no parameter ${name}`);
  return decodeURIComponent(value);
};
