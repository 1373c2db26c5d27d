import type { Repo } from "../state.ts";
import type { World } from "../world.ts";
import { accountJson } from "./account-json.ts";
import { fullName, repoApi, repoPage } from "./urls.ts";
import type { Json } from "./urls.ts";

const apiPaths = {
  forks_url: "/forks",
  keys_url: "/keys{/key_id}",
  collaborators_url: "/collaborators{/collaborator}",
  teams_url: "/teams",
  hooks_url: "/hooks",
  issue_events_url: "/issues/events{/number}",
  events_url: "/events",
  assignees_url: "/assignees{/user}",
  branches_url: "/branches{/branch}",
  tags_url: "/tags",
  blobs_url: "/git/blobs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  git_refs_url: "/git/refs{/sha}",
  trees_url: "/git/trees{/sha}",
  statuses_url: "/statuses/{sha}",
  languages_url: "/languages",
  stargazers_url: "/stargazers",
  contributors_url: "/contributors",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  commits_url: "/commits{/sha}",
  git_commits_url: "/git/commits{/sha}",
  comments_url: "/comments{/number}",
  issue_comment_url: "/issues/comments{/number}",
  contents_url: "/contents/{+path}",
  compare_url: "/compare/{base}...{head}",
  merges_url: "/merges",
  archive_url: "/{archive_format}{/ref}",
  downloads_url: "/downloads",
  issues_url: "/issues{/number}",
  pulls_url: "/pulls{/number}",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  labels_url: "/labels{/name}",
  releases_url: "/releases{/id}",
  deployments_url: "/deployments",
} as const;

const features = {
  has_issues: true,
  has_projects: false,
  has_downloads: true,
  has_wiki: false,
  has_pages: false,
  has_discussions: false,
  archived: false,
  disabled: false,
  is_template: false,
  allow_forking: true,
  web_commit_signoff_required: false,
  topics: [],
} as const;

const counts = (repo: Repo): Json => {
  const open = [...repo.conversations.values()].filter((conversation) => conversation.state === "open").length;
  return {
    size: 0,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    network_count: 0,
    subscribers_count: 0,
    open_issues: open,
    open_issues_count: open,
  };
};

const places = (world: World, repo: Repo): Json => ({
  html_url: repoPage(world, repo),
  url: repoApi(world, repo),
  ...Object.fromEntries(Object.entries(apiPaths).map(([key, path]) => [key, repoApi(world, repo, path)])),
  git_url: `git://${new URL(world.url).host}/${fullName(repo)}.git`,
  ssh_url: `git@${new URL(world.url).host}:${fullName(repo)}.git`,
  clone_url: `${repoPage(world, repo)}.git`,
  svn_url: repoPage(world, repo),
  mirror_url: null,
});

/** A repository as REST's "full repository" and as webhooks carry it. */
export function repoJson(world: World, repo: Repo): Json {
  return {
    ...repoReferenceJson(repo),
    owner: accountJson(world, repo.owner),
    description: null,
    homepage: null,
    language: null,
    license: null,
    fork: repo.parent !== null,
    ...places(world, repo),
    ...features,
    ...counts(repo),
    visibility: repo.private ? "private" : "public",
    default_branch: repo.defaultBranch,
    created_at: repo.createdAt,
    updated_at: repo.pushedAt,
    pushed_at: repo.pushedAt,
  };
}

/** The few fields by which `installation_repositories` names a repository. */
export const repoReferenceJson = (repo: Repo): Json => ({
  id: repo.id,
  node_id: repo.nodeId,
  name: repo.name,
  full_name: fullName(repo),
  private: repo.private,
});
