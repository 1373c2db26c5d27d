import type { Issue, Pull, Repo } from "../state.ts";
import type { World } from "../world.ts";

export type Json = Readonly<Record<string, unknown>>;

export const fullName = (repo: Repo): string => `${repo.owner.login}/${repo.name}`;

export const apiUrl = (world: World, path: string): string => `${world.url}/api/v3${path}`;

export const repoApi = (world: World, repo: Repo, path = ""): string =>
  apiUrl(world, `/repos/${fullName(repo)}${path}`);

export const repoPage = (world: World, repo: Repo, path = ""): string => `${world.url}/${fullName(repo)}${path}`;

export const conversationPage = (world: World, issue: Issue | Pull): string =>
  repoPage(world, issue.repo, issue.kind === "pull" ? `/pull/${issue.number}` : `/issues/${issue.number}`);

export const pullApi = (world: World, pull: Pull, path = ""): string =>
  repoApi(world, pull.repo, `/pulls/${pull.number}${path}`);

export const issueApi = (world: World, issue: Issue | Pull, path = ""): string =>
  repoApi(world, issue.repo, `/issues/${issue.number}${path}`);
