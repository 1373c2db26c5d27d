import { requireCommit, roleOf } from "../actions/repos.ts";
import { requireAccount } from "../actions/accounts.ts";
import { GitHubError, notFound, notImitated } from "../github-error.ts";
import { readCommits, readObject } from "../git/read-objects.ts";
import { json } from "../http/reply.ts";
import { accountJson } from "../json/account-json.ts";
import { commitJson, fileJson } from "../json/commit-json.ts";
import { repoJson } from "../json/repo-json.ts";
import { repoApi, repoPage } from "../json/urls.ts";
import { metadata, readContents } from "../permission.ts";
import type { Role } from "../state.ts";
import { page, repoRoute } from "./route.ts";
import type { RepoCall, RestCall, Route } from "./route.ts";

const legacyPermission: Readonly<Record<Role, string>> = {
  admin: "admin",
  maintain: "write",
  write: "write",
  triage: "read",
  read: "read",
  none: "none",
};

const ladder: readonly Role[] = ["none", "read", "triage", "write", "maintain", "admin"];

const collaboratorPermission = (call: RepoCall) => {
  const user = requireAccount(call.world, call.param("username"));
  const role = roleOf(call.repo, user);
  const reaches = (wanted: Role): boolean => ladder.indexOf(role) >= ladder.indexOf(wanted);
  const permissions = {
    admin: reaches("admin"),
    maintain: reaches("maintain"),
    push: reaches("write"),
    triage: reaches("triage"),
    pull: reaches("read"),
  };
  return json(200, {
    permission: legacyPermission[role],
    role_name: role,
    user: { ...accountJson(call.world, user), permissions, role_name: role },
  });
};

const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

const contents = async (call: RepoCall) => {
  const { world, repo } = call;
  const path = call.param("path");
  const ref = call.query.get("ref") ?? repo.defaultBranch;
  const sha = await requireCommit(world, repo, ref);
  const object = await readObject(world.git, repo.gitDir, `${sha}:${path}`);
  if (object === null) throw notFound();
  if (object.type !== "blob") throw notImitated("listing a folder through contents");
  if (call.accept.includes("raw"))
    return { status: 200, headers: { "content-type": "application/vnd.github.raw+json" }, bytes: object.content };
  const self = repoApi(world, repo, `/contents/${encodePath(path)}?ref=${ref}`);
  const git = repoApi(world, repo, `/git/blobs/${object.sha}`);
  const html = repoPage(world, repo, `/blob/${ref}/${encodePath(path)}`);
  return json(200, {
    type: "file",
    encoding: "base64",
    size: object.content.length,
    name: path.split("/").at(-1),
    path,
    content: object.content.toString("base64").replaceAll(/(.{60})/g, "$1\n"),
    sha: object.sha,
    url: self,
    git_url: git,
    html_url: html,
    download_url: repoPage(world, repo, `/raw/${ref}/${encodePath(path)}`),
    _links: { self, git, html },
  });
};

const relation = (ahead: number, behind: number): string => {
  if (ahead > 0) return behind > 0 ? "diverged" : "ahead";
  return behind > 0 ? "behind" : "identical";
};

const compare = async (call: RepoCall) => {
  const { world, repo } = call;
  const [from, to] = call.param("basehead").split("...");
  if (from === undefined || to === undefined) throw notFound();
  const [base, head] = await Promise.all([requireCommit(world, repo, from), requireCommit(world, repo, to)]);
  const [diff, ahead, behind] = await Promise.all([
    world.readDiff(repo.gitDir, { base, head }),
    readCommits(world.git, repo.gitDir, [head, `^${base}`]),
    readCommits(world.git, repo.gitDir, [base, `^${head}`]),
  ]);
  const ends = await readCommits(world.git, repo.gitDir, ["--no-walk=unsorted", base, diff.mergeBase]);
  const commitOf = (sha: string) =>
    ends.filter((commit) => commit.sha === sha).map((commit) => commitJson(world, repo, commit))[0];
  const html = repoPage(world, repo, `/compare/${from}...${to}`);
  const { items, headers } = page(call, ahead);
  return json(
    200,
    {
      url: repoApi(world, repo, `/compare/${from}...${to}`),
      html_url: html,
      permalink_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      base_commit: commitOf(base),
      merge_base_commit: commitOf(diff.mergeBase),
      status: relation(ahead.length, behind.length),
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      commits: items.map((commit) => commitJson(world, repo, commit)),
      files: [...diff.files.values()]
        .slice(0, world.limits.diffFiles)
        .map((file) => fileJson(world, repo, { file, diff })),
    },
    headers,
  );
};

const installationRepositories = (call: RestCall) => {
  if (call.caller.kind !== "installation")
    throw new GitHubError(403, "You must authenticate with an installation access token");
  const { repos, installation } = call.caller;
  const all = [...(repos ?? installation.repos)].filter((repo) => !repo.deleted);
  const { items, headers } = page(call, all);
  const repositories = items.map((repo) => repoJson(call.world, repo));
  return json(200, { total_count: all.length, repository_selection: "selected", repositories }, headers);
};

const emptyProfile = {
  name: null,
  company: null,
  blog: "",
  location: null,
  email: null,
  hireable: null,
  bio: null,
  public_repos: 0,
  public_gists: 0,
  followers: 0,
  following: 0,
} as const;

const user = (call: RestCall) => {
  if (call.caller.kind !== "user") throw new GitHubError(403, "Resource not accessible by integration");
  const { world, caller } = call;
  return json(200, {
    ...accountJson(world, caller.user),
    ...emptyProfile,
    created_at: world.state.app.createdAt,
    updated_at: world.state.app.createdAt,
  });
};

const rateLimit = (call: RestCall) => {
  const { core, graphql } = call.budget();
  const show = ({ limit, used, remaining, reset }: typeof core) => ({ limit, used, remaining, reset });
  return json(200, {
    resources: { core: show(core), search: show(core), graphql: show(graphql) },
    rate: show(core),
  });
};

export const repoRoutes: readonly Route[] = [
  repoRoute({ method: "GET", path: "", needs: metadata, handle: (call) => json(200, repoJson(call.world, call.repo)) }),
  repoRoute({
    method: "GET",
    path: "/collaborators/{username}/permission",
    needs: metadata,
    handle: collaboratorPermission,
  }),
  repoRoute({ method: "GET", path: "/contents/{path}", query: ["ref"], needs: readContents, handle: contents }),
  repoRoute({ method: "GET", path: "/compare/{basehead}", needs: readContents, handle: compare }),
  { method: "GET", template: "/installation/repositories", handle: installationRepositories },
  { method: "GET", template: "/user", handle: user },
  { method: "GET", template: "/rate_limit", handle: rateLimit },
];
