import { GitHubError, invalid } from "../github-error.ts";
import { nodeId } from "../node-id.ts";
import type { Annotation, CheckOutput, CheckRun, CheckSuite, Repo } from "../state.ts";
import { stamp } from "../world.ts";
import type { World } from "../world.ts";

export interface CheckFields {
  readonly name?: string | undefined;
  readonly external_id?: string | undefined;
  readonly details_url?: string | undefined;
  readonly status?: string | undefined;
  readonly conclusion?: string | undefined;
  readonly started_at?: string | undefined;
  readonly completed_at?: string | undefined;
  readonly output?:
    | {
        readonly title?: string | undefined;
        readonly summary: string;
        readonly text?: string | undefined;
        readonly annotations?: readonly Annotation[] | undefined;
      }
    | undefined;
}

const checkOutput = (world: World, output: NonNullable<CheckFields["output"]>): void => {
  const { annotationsPerRequest, checkOutputBytes } = world.limits;
  if ((output.annotations?.length ?? 0) > annotationsPerRequest) {
    throw new GitHubError(
      422,
      `Invalid request.\n\nNo more than ${annotationsPerRequest} items are allowed in output.annotations.`,
    );
  }
  for (const field of ["summary", "text"] as const) {
    if (Buffer.byteLength(output[field] ?? "") > checkOutputBytes) {
      throw invalid({
        resource: "CheckRun",
        field,
        message: `${field} exceeds a maximum bytesize of ${checkOutputBytes}`,
      });
    }
  }
};

const suiteFor = (world: World, repo: Repo, headSha: string): CheckSuite => {
  const known = repo.checkSuites.find((suite) => suite.headSha === headSha);
  if (known !== undefined) return known;
  const id = world.nextId();
  const head = [...repo.conversations.values()].find((item) => item.kind === "pull" && item.headSha === headSha);
  const suite: CheckSuite = {
    id,
    nodeId: nodeId("CS", id),
    repo,
    headSha,
    headBranch: head?.kind === "pull" && head.headRepo === repo ? head.headRef : null,
    createdAt: stamp(world),
    runs: [],
  };
  repo.checkSuites.push(suite);
  return suite;
};

/** GitHub does not merge runs: a second one of the same name stands beside the first. */
export function createCheckRun(
  world: World,
  repo: Repo,
  input: CheckFields & { name: string; head_sha: string },
): CheckRun {
  if (input.output !== undefined) checkOutput(world, input.output);
  const suite = suiteFor(world, repo, input.head_sha);
  const id = world.nextId();
  const run: CheckRun = {
    id,
    nodeId: nodeId("CR", id),
    suite,
    name: input.name,
    externalId: "",
    detailsUrl: null,
    status: "queued",
    conclusion: null,
    startedAt: stamp(world),
    completedAt: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
  };
  suite.runs.push(run);
  world.state.nodes.set(run.nodeId, run);
  applyFields(world, run, input);
  return run;
}

export function updateCheckRun(world: World, run: CheckRun, input: CheckFields): void {
  if (input.output !== undefined) checkOutput(world, input.output);
  applyFields(world, run, input);
}

const mergeOutput = (before: CheckOutput, output: NonNullable<CheckFields["output"]>): CheckOutput => ({
  title: output.title ?? before.title,
  summary: output.summary,
  text: output.text ?? before.text,
});

// Giving a conclusion completes the run; annotations add to those of earlier requests.
function applyFields(world: World, run: CheckRun, input: CheckFields): void {
  run.name = input.name ?? run.name;
  run.externalId = input.external_id ?? run.externalId;
  run.detailsUrl = input.details_url ?? run.detailsUrl;
  run.startedAt = input.started_at ?? run.startedAt;
  run.status = input.conclusion === undefined ? (input.status ?? run.status) : "completed";
  run.conclusion = run.status === "completed" ? (input.conclusion ?? run.conclusion) : null;
  run.completedAt = run.status === "completed" ? (input.completed_at ?? run.completedAt ?? stamp(world)) : null;
  if (input.output === undefined) return;
  run.output = mergeOutput(run.output, input.output);
  run.annotations.push(...(input.output.annotations ?? []));
}

export const checkRunsOf = (repo: Repo, headSha: string): readonly CheckRun[] =>
  repo.checkSuites.filter((suite) => suite.headSha === headSha).flatMap((suite) => suite.runs);
