import type { Annotation, CheckRun, CheckSuite, Commit, Pull } from "../state.ts";
import type { World } from "../world.ts";
import { appJson } from "./app-json.ts";
import { pullReferenceJson } from "./pull-json.ts";
import { repoJson } from "./repo-json.ts";
import { repoApi, repoPage } from "./urls.ts";
import type { Json } from "./urls.ts";

const pullsOf = (suite: CheckSuite): readonly Pull[] =>
  [...suite.repo.conversations.values()]
    .filter((item) => item.kind === "pull")
    .filter((pull) => pull.state === "open" && pull.headRepo === suite.repo && pull.headSha === suite.headSha);

const outputJson = (world: World, run: CheckRun): Json => ({
  ...run.output,
  annotations_count: run.annotations.length,
  annotations_url: repoApi(world, run.suite.repo, `/check-runs/${run.id}/annotations`),
});

/** A check run as REST answers it. */
export function checkRunJson(world: World, run: CheckRun): Json {
  const page = repoPage(world, run.suite.repo, `/runs/${run.id}`);
  return {
    id: run.id,
    node_id: run.nodeId,
    name: run.name,
    head_sha: run.suite.headSha,
    external_id: run.externalId,
    url: repoApi(world, run.suite.repo, `/check-runs/${run.id}`),
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: outputJson(world, run),
    check_suite: { id: run.suite.id },
    app: appJson(world),
    pull_requests: pullsOf(run.suite).map((pull) => pullReferenceJson(world, pull)),
  };
}

const suiteState = (suite: CheckSuite): { status: string; conclusion: string | null } => {
  const done = suite.runs.every((run) => run.status === "completed");
  const failed = suite.runs.some((run) => run.conclusion === "failure");
  return done
    ? { status: "completed", conclusion: failed ? "failure" : "success" }
    : { status: "in_progress", conclusion: null };
};

/** The suite as a check run's webhook carries it. */
export function checkSuiteReferenceJson(world: World, suite: CheckSuite): Json {
  return {
    id: suite.id,
    node_id: suite.nodeId,
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    ...suiteState(suite),
    url: repoApi(world, suite.repo, `/check-suites/${suite.id}`),
    before: null,
    after: suite.headSha,
    pull_requests: pullsOf(suite).map((pull) => pullReferenceJson(world, pull)),
    app: appJson(world),
    created_at: suite.createdAt,
    updated_at: suite.createdAt,
  };
}

export const checkSuiteJson = (world: World, suite: CheckSuite, head: Commit): Json => ({
  ...checkSuiteReferenceJson(world, suite),
  latest_check_runs_count: suite.runs.length,
  check_runs_url: repoApi(world, suite.repo, `/check-suites/${suite.id}/check-runs`),
  rerequestable: true,
  runs_rerequestable: true,
  head_commit: simpleCommitJson(head),
  repository: repoJson(world, suite.repo),
});

export const simpleCommitJson = (commit: Commit): Json => ({
  id: commit.sha,
  tree_id: commit.tree,
  message: commit.message,
  timestamp: commit.committer.date,
  author: { name: commit.author.name, email: commit.author.email },
  committer: { name: commit.committer.name, email: commit.committer.email },
});

export const annotationJson = (world: World, run: CheckRun, annotation: Annotation): Json => ({
  start_column: null,
  end_column: null,
  title: null,
  raw_details: null,
  ...annotation,
  blob_href: repoPage(world, run.suite.repo, `/blob/${run.suite.headSha}/${annotation.path}`),
});
