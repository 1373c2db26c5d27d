import type { Probot } from "probot";
import { isAutomatic } from "../core/request.ts";
import { answerCommand, type CommandComment } from "./answer-command.ts";
import { answerRerun } from "./answer-rerun.ts";
import type { HandlerDeps } from "./handler-deps.ts";
import * as payloads from "./payloads.ts";
import { pullRequestRef, repositoryRef } from "./repository-ref.ts";

/** What a handler is given of the stored delivery that it answers to. */
interface StoredEvent {
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
}

interface Work {
  readonly receivedAt: Date;
  readonly signal: AbortSignal;
}

/** When a delivery came in, and what ends the work on it; by its GUID. */
export type WorkOf = (guid: string) => Work;

/**
 * The App's event handlers, in Probot's form. They are fed from stored deliveries, never from an HTTP request, and speak
 * to GitHub through the CodeHost port, so that permissions and requests are accounted for in one place.
 */
export const registerHandlers = (app: Probot, deps: HandlerDeps, workOf: WorkOf): void => {
  app.on(["pull_request.closed", "pull_request.converted_to_draft"], (event) => cancel(deps, event, workOf(event.id)));
  app.on("issue_comment.created", answerWith(deps, payloads.commentEvents.issue_comment, workOf));
  app.on(
    "pull_request_review_comment.created",
    answerWith(deps, payloads.commentEvents.pull_request_review_comment, workOf),
  );
  app.on("pull_request_review.submitted", answerWith(deps, payloads.commentEvents.pull_request_review, workOf));
  app.on("check_run.rerequested", ({ id, payload }) => {
    const event = payloads.checkRunEvent.parse(payload);
    return answerRerun(deps, { guid: id, receivedAt: workOf(id).receivedAt, event, check: event.check_run });
  });
  app.on("check_suite.rerequested", ({ id, payload }) => {
    const event = payloads.checkSuiteEvent.parse(payload);
    return answerRerun(deps, { guid: id, receivedAt: workOf(id).receivedAt, event, check: event.check_suite });
  });
  app.on("merge_group.checks_requested", (event) => reportMergeGroup(deps, event, workOf(event.id).signal));
  app.on("installation.deleted", ({ payload }) =>
    forgetAll(deps, payloads.installationLifeEvent.parse(payload).repositories ?? []),
  );
  app.on("installation_repositories.removed", ({ payload }) =>
    forgetAll(deps, payloads.installationRepositoriesEvent.parse(payload).repositories_removed),
  );
};

/**
 * Takes back what a closed pull request or a draft wanted by itself, if it still is one. This job may come late: what
 * was asked after the closing, and what is asked while GitHub is read, is wanted by a pull request opened again.
 */
const cancel = async (deps: HandlerDeps, { payload }: StoredEvent, work: Work): Promise<void> => {
  const event = payloads.pullRequestEvent.parse(payload);
  const ref = pullRequestRef(event, event.pull_request.number);
  const before = (await deps.wanted.unanswered(ref)).filter(({ receivedAt }) => receivedAt <= work.receivedAt);
  const automatic = before.filter(isAutomatic);
  if (automatic.length === 0) return;
  const snapshot = await deps.host.readPullRequest(ref, work.signal);
  if (snapshot?.state === "open" && !snapshot.isDraft) return;
  const became = event.action === "closed" ? "closed" : "made a draft";
  await deps.wanted.answer(
    automatic.map(({ id }) => id),
    { runId: null, note: `the pull request was ${became}` },
  );
};

const answerWith =
  (deps: HandlerDeps, schema: (typeof payloads.commentEvents)[keyof typeof payloads.commentEvents], workOf: WorkOf) =>
  async ({ id, payload }: StoredEvent): Promise<void> => {
    const { receivedAt, signal } = workOf(id);
    const comment = commentIn(schema.parse(payload), { guid: id, receivedAt });
    if (comment !== null) await answerCommand(deps, comment, signal);
  };

const commentIn = (
  event: payloads.CommentEvent,
  delivery: Pick<CommandComment, "guid" | "receivedAt">,
): CommandComment | null =>
  event.number === null
    ? null
    : {
        ...delivery,
        pullRequest: pullRequestRef(event, event.number),
        source: { kind: event.kind, id: event.comment.id, nodeId: event.comment.node_id },
        login: event.sender.login,
        body: event.comment.body ?? "",
      };

/** A required check must report on the merge group's commit as well, or the merge queue waits for ever. */
const reportMergeGroup = async (deps: HandlerDeps, { payload }: StoredEvent, signal: AbortSignal): Promise<void> => {
  const event = payloads.mergeGroupEvent.parse(payload);
  const ref = repositoryRef(event);
  if (!(await deps.limits.serves(ref.owner))) return;
  const headSha = event.merge_group.head_sha;
  const check = { headSha, externalId: `merge-group:${headSha}` };
  if ((await deps.host.findCheck(ref, check, signal)) !== null) return;
  const summary = "Each pull request of this merge group was reviewed on its own; nothing is reviewed twice.";
  const plan = { conclusion: "success", title: "Reviewed on the pull request", summary } as const;
  await deps.host.writeCheck(ref, { ...check, id: null, plan }, signal);
};

const forgetAll = async (deps: HandlerDeps, repositories: readonly { readonly id: number }[]): Promise<void> => {
  for (const { id } of repositories) {
    await deps.repository.forget(id);
    await deps.runs.forgetRepository(id);
  }
};
