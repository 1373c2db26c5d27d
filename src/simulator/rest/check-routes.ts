import { z } from "zod";
import { checkRunsOf, createCheckRun, updateCheckRun } from "../actions/check-runs.ts";
import { requireCommit } from "../actions/repos.ts";
import { resolveCommit } from "../git/bare-repository.ts";
import { GitHubError, notFound } from "../github-error.ts";
import { json } from "../http/reply.ts";
import { annotationJson, checkRunJson } from "../json/check-json.ts";
import { readChecks, writeChecks } from "../permission.ts";
import type { CheckRun } from "../state.ts";
import { numberParam, page, parseBody, repoRoute } from "./route.ts";
import type { RepoCall, Route } from "./route.ts";

const annotation = z.strictObject({
  path: z.string(),
  start_line: z.int(),
  end_line: z.int(),
  start_column: z.int().optional(),
  end_column: z.int().optional(),
  annotation_level: z.enum(["notice", "warning", "failure"]),
  message: z.string(),
  title: z.string().optional(),
  raw_details: z.string().optional(),
});

const fields = {
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  status: z.enum(["queued", "in_progress", "completed"]).optional(),
  conclusion: z
    .enum(["success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required"])
    .optional(),
  started_at: z.iso.datetime().optional(),
  completed_at: z.iso.datetime().optional(),
  output: z
    .strictObject({
      title: z.string(),
      summary: z.string(),
      text: z.string().optional(),
      annotations: z.array(annotation).optional(),
    })
    .optional(),
};

const creation = z.strictObject({ name: z.string().min(1), head_sha: z.string(), ...fields });
const change = z.strictObject({ name: z.string().min(1).optional(), ...fields });

const refuseWithoutConclusion = (body: { status?: string | undefined; conclusion?: string | undefined }): void => {
  if (body.status === "completed" && body.conclusion === undefined) {
    throw new GitHubError(422, 'Invalid request.\n\n"conclusion" wasn\'t supplied.');
  }
};

const requireApp = (call: RepoCall): void => {
  if (call.caller.kind !== "installation") throw new GitHubError(403, "You must authenticate via a GitHub App.");
};

const create = async (call: RepoCall) => {
  requireApp(call);
  const body = parseBody(call, creation);
  refuseWithoutConclusion(body);
  const headSha = await resolveCommit(call.world.git, call.repo.gitDir, body.head_sha);
  if (headSha !== body.head_sha) throw new GitHubError(422, `No commit found for SHA: ${body.head_sha}`);
  return json(201, checkRunJson(call.world, createCheckRun(call.world, call.repo, body)));
};

const requireRun = (call: RepoCall): CheckRun => {
  const id = numberParam(call, "check_run_id");
  const run = call.repo.checkSuites.flatMap((suite) => suite.runs).find((one) => one.id === id);
  if (run === undefined) throw notFound();
  return run;
};

const update = (call: RepoCall) => {
  requireApp(call);
  const run = requireRun(call);
  const body = parseBody(call, change);
  refuseWithoutConclusion(body);
  updateCheckRun(call.world, run, body);
  return json(200, checkRunJson(call.world, run));
};

const newestByName = (runs: readonly CheckRun[]): readonly CheckRun[] => [
  ...new Map(runs.map((run) => [run.name, run])).values(),
];

/** Filters: `check_name`, `status`, `app_id`, and `filter` (latest of each name, or all). */
const list = async (call: RepoCall) => {
  const sha = await requireCommit(call.world, call.repo, call.param("ref"));
  const name = call.query.get("check_name");
  const status = call.query.get("status");
  const appId = call.query.get("app_id");
  const matching = checkRunsOf(call.repo, sha).filter(
    (run) =>
      (name === null || run.name === name) &&
      (status === null || run.status === status) &&
      (appId === null || appId === String(call.world.state.app.id)),
  );
  const chosen = call.query.get("filter") === "all" ? matching : newestByName(matching);
  const { items, headers } = page(
    call,
    chosen.toSorted((one, other) => other.id - one.id),
  );
  return json(
    200,
    { total_count: chosen.length, check_runs: items.map((run) => checkRunJson(call.world, run)) },
    headers,
  );
};

const annotations = (call: RepoCall) => {
  const run = requireRun(call);
  const { items, headers } = page(call, run.annotations);
  return json(
    200,
    items.map((one) => annotationJson(call.world, run, one)),
    headers,
  );
};

const one = "/check-runs/{check_run_id}";

export const checkRoutes: readonly Route[] = [
  repoRoute({ method: "POST", path: "/check-runs", needs: writeChecks, handle: create }),
  repoRoute({ method: "PATCH", path: one, needs: writeChecks, handle: update }),
  repoRoute({
    method: "GET",
    path: one,
    needs: readChecks,
    handle: (call) => json(200, checkRunJson(call.world, requireRun(call))),
  }),
  repoRoute({ method: "GET", path: `${one}/annotations`, needs: readChecks, handle: annotations }),
  repoRoute({
    method: "GET",
    path: "/commits/{ref}/check-runs",
    query: ["check_name", "status", "filter", "app_id"],
    needs: readChecks,
    handle: list,
  }),
];
