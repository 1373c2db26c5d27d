import { z } from "zod";
import type { PlannedCheck } from "../core/plan.ts";
import type { CodeHost } from "../review/ports.ts";
import type { Connection } from "./connection.ts";
import { repositoryParameters } from "./route-parameters.ts";
import type { GitHubAuth } from "./tokens.ts";

/** What branch protection names when it requires the check. */
const checkName = "codex-review";

const writeAnswer = z.object({ id: z.int() });

/** GitHub lets only Apps write check runs: with a plain token the write is refused (403). */
export const writeCheck =
  (connection: Connection): CodeHost["writeCheck"] =>
  (ref, check, signal) => {
    const state = check.plan === null ? inProgress(connection.now()) : completed(check.plan, connection.now());
    const parameters = { ...repositoryParameters(ref), name: checkName, external_id: check.externalId, ...state };
    const { id, headSha } = check;
    const call = { ref, step: "check", answer: writeAnswer } as const;
    if (id === null) {
      const create = { ...parameters, head_sha: headSha };
      const route = "POST /repos/{owner}/{repo}/check-runs";
      return connection.write({ ...call, send: (request) => request(route, create) }, signal);
    }
    const update = { ...parameters, check_run_id: id };
    const route = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
    return connection.write({ ...call, send: (request) => request(route, update) }, signal);
  };

const inProgress = (now: Date) => ({ status: "in_progress" as const, started_at: now.toISOString() });

const completed = ({ conclusion, title, summary }: PlannedCheck, now: Date) => ({
  status: "completed" as const,
  conclusion,
  completed_at: now.toISOString(),
  output: { title, summary },
});

const findAnswer = z.object({
  check_runs: z.array(z.object({ id: z.int(), external_id: z.string().nullable() })),
});

/** Among the newest 100 check runs of our name on the commit, reruns included. */
export const findCheck =
  (connection: Connection, auth: GitHubAuth): CodeHost["findCheck"] =>
  async (ref, { headSha, externalId }, signal) => {
    const ours = auth.kind === "app" && Number.isInteger(Number(auth.appId)) ? { app_id: Number(auth.appId) } : {};
    const filter = { check_name: checkName, filter: "all", per_page: 100, ...ours } as const;
    const parameters = { ...repositoryParameters(ref), ref: headSha, ...filter };
    const route = "GET /repos/{owner}/{repo}/commits/{ref}/check-runs";
    const { check_runs } = await connection.read(
      { ref, step: "check", answer: findAnswer, send: (request) => request(route, parameters) },
      signal,
    );
    const found = check_runs.find((check) => check.external_id === externalId);
    return found === undefined ? null : { id: found.id };
  };
