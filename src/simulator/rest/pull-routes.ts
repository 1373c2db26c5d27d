import { GitHubError } from "../github-error.ts";
import { json } from "../http/reply.ts";
import type { Reply } from "../http/reply.ts";
import { commitJson, fileJson } from "../json/commit-json.ts";
import { pullJson, pullSimpleJson } from "../json/pull-json.ts";
import { readPulls } from "../permission.ts";
import type { Pull } from "../state.ts";
import { page, pullRoute, repoRoute } from "./route.ts";
import type { PullCall, RepoCall, Route } from "./route.ts";

const tooLarge = (field: string, message: string): GitHubError =>
  new GitHubError(406, message, { errors: [{ resource: "PullRequest", field, code: "too_large" }] });

/** The whole diff as text, or 406 when the change is over what GitHub shows at once. */
const diffText = ({ pull, world }: PullCall): Reply => {
  const { diffFiles, diffLines } = world.limits;
  const files = [...pull.diff.files.values()];
  if (files.length > diffFiles) {
    throw tooLarge(
      "diff",
      `Sorry, the diff exceeded the maximum number of files (${diffFiles}). Consider using 'List pull requests files' API or locally cloning the repository instead.`,
    );
  }
  if (pull.diff.additions + pull.diff.deletions > diffLines) {
    throw tooLarge("diff", `Sorry, the diff exceeded the maximum number of lines (${diffLines})`);
  }
  const bytes = Buffer.from(files.map((file) => file.text).join(""));
  return { status: 200, headers: { "content-type": "application/vnd.github.diff; charset=utf-8" }, bytes };
};

const get = (call: PullCall): Reply =>
  /\bdiff\b/.test(call.accept) ? diffText(call) : json(200, pullJson(call.world, call.pull));

const wantedState = (call: RepoCall, pull: Pull): boolean => {
  const wanted = call.query.get("state") ?? "open";
  return wanted === "all" || pull.state === wanted;
};

const list = (call: RepoCall): Reply => {
  const head = call.query.get("head");
  const base = call.query.get("base");
  const direction = call.query.get("direction") ?? "desc";
  const pulls = [...call.repo.conversations.values()]
    .filter((item) => item.kind === "pull")
    .filter((pull) => wantedState(call, pull))
    .filter((pull) => head === null || `${pull.headOwner.login}:${pull.headRef}` === head)
    .filter((pull) => base === null || pull.baseRef === base)
    .toSorted((one, other) => (direction === "asc" ? one.number - other.number : other.number - one.number));
  const { items, headers } = page(call, pulls);
  return json(
    200,
    items.map((pull) => pullSimpleJson(call.world, pull)),
    headers,
  );
};

const files = (call: PullCall): Reply => {
  const { world, pull } = call;
  const listed = [...pull.diff.files.values()].slice(0, world.limits.listedFiles);
  const { items, headers } = page(call, listed);
  return json(
    200,
    items.map((file) => fileJson(world, pull.repo, { file, diff: pull.diff })),
    headers,
  );
};

/** GitHub lists no more than 250 commits here: https://docs.github.com/en/rest/pulls/pulls#list-commits-on-a-pull-request */
const listedCommits = 250;

const commits = (call: PullCall): Reply => {
  const { items, headers } = page(call, call.pull.commits.slice(0, listedCommits));
  return json(
    200,
    items.map((commit) => commitJson(call.world, call.pull.repo, commit)),
    headers,
  );
};

export const pullRoutes: readonly Route[] = [
  repoRoute({
    method: "GET",
    path: "/pulls",
    query: ["state", "head", "base", "direction"],
    needs: readPulls,
    handle: list,
  }),
  pullRoute({ method: "GET", path: "", needs: readPulls, handle: get }),
  pullRoute({ method: "GET", path: "/files", needs: readPulls, handle: files }),
  pullRoute({ method: "GET", path: "/commits", needs: readPulls, handle: commits }),
];
