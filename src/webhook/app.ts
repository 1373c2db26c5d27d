import type { Probot } from "probot";
import type { PullRequestRef } from "../core/pull-request.ts";
import { answerCommand, type CommandComment } from "./answer-command.ts";
import type { HandlerDeps } from "./handler-deps.ts";
import * as payloads from "./payloads.ts";

/** What a handler is given of the stored delivery that it answers to. */
interface StoredEvent {
  readonly id: string;
  readonly payload: unknown;
}

/**
 * The App's event handlers, in Probot's form. They are fed from stored deliveries, never from an HTTP request, and speak
 * to GitHub through the CodeHost port, so that permissions and requests are accounted for in one place.
 */
export const registerHandlers = (app: Probot, deps: HandlerDeps, signalOf: (guid: string) => AbortSignal): void => {
  app.on(["pull_request.closed", "pull_request.converted_to_draft"], (event) => cancel(deps, event));
  app.on("issue_comment.created", (event) => answerCommand(deps, fromIssueComment(event), signalOf(event.id)));
  app.on("pull_request_review_comment.created", (event) =>
    answerCommand(deps, fromReviewComment(event), signalOf(event.id)),
  );
  app.on("pull_request_review.submitted", (event) => answerCommand(deps, fromReview(event), signalOf(event.id)));
  app.on("merge_group.checks_requested", (event) => reportMergeGroup(deps, event, signalOf(event.id)));
  app.on("installation.deleted", (event) => {
    const { repositories = [] } = payloads.installationEvent.parse(event.payload);
    return forgetAll(deps, repositories);
  });
  app.on("installation_repositories.removed", (event) =>
    forgetAll(deps, payloads.installationRepositoriesEvent.parse(event.payload).repositories_removed),
  );
};

const cancel = async (deps: HandlerDeps, { payload }: StoredEvent): Promise<void> => {
  const event = payloads.pullRequestEvent.parse(payload);
  const note = event.action === "closed" ? "the pull request was closed" : "the pull request was made a draft";
  await deps.wanted.cancelAutomatic(pullRequestRef(event, event.pull_request.number), note);
};

const fromIssueComment = ({ id, payload }: StoredEvent): CommandComment => {
  const event = payloads.issueCommentEvent.parse(payload);
  return {
    guid: id,
    pullRequest: pullRequestRef(event, event.issue.number),
    source: { kind: "issue_comment", id: event.comment.id, nodeId: event.comment.node_id },
    login: event.sender.login,
    body: event.comment.body ?? "",
    isPlainIssue: event.issue.pull_request === undefined,
  };
};

const fromReviewComment = ({ id, payload }: StoredEvent): CommandComment => {
  const event = payloads.reviewCommentEvent.parse(payload);
  return {
    guid: id,
    pullRequest: pullRequestRef(event, event.pull_request.number),
    source: { kind: "review_comment", id: event.comment.id, nodeId: event.comment.node_id },
    login: event.sender.login,
    body: event.comment.body ?? "",
    isPlainIssue: false,
  };
};

const fromReview = ({ id, payload }: StoredEvent): CommandComment => {
  const event = payloads.reviewEvent.parse(payload);
  return {
    guid: id,
    pullRequest: pullRequestRef(event, event.pull_request.number),
    source: { kind: "review", id: event.review.id, nodeId: event.review.node_id },
    login: event.sender.login,
    body: event.review.body ?? "",
    isPlainIssue: false,
  };
};

/** A required check must report on the merge group's commit as well, or the merge queue waits for ever. */
const reportMergeGroup = async (deps: HandlerDeps, { payload }: StoredEvent, signal: AbortSignal): Promise<void> => {
  const event = payloads.mergeGroupEvent.parse(payload);
  const ref = pullRequestRef(event, 0);
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

const pullRequestRef = (
  event: {
    readonly installation?: { readonly id: number } | undefined;
    readonly repository: payloads.RepositoryPayload;
  },
  number: number,
): PullRequestRef => {
  if (event.installation === undefined) throw new Error("a delivery without installation was stored");
  return {
    installationId: event.installation.id,
    repositoryId: event.repository.id,
    owner: event.repository.owner.login,
    name: event.repository.name,
    number,
  };
};
