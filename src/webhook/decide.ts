import type { z } from "zod";
import type { PullRequestRef } from "../core/pull-request.ts";
import type { CommandSource, ReviewRequest, Trigger } from "../core/request.ts";
import type { WantedInput } from "../review/ports.ts";
import { readCommand } from "./commands.ts";
import * as payloads from "./payloads.ts";

/** A delivery as it came in, its body parsed as JSON. */
export interface IncomingDelivery {
  readonly guid: string;
  readonly event: string;
  readonly payload: unknown;
  readonly receivedAt: Date;
  /** Our own App's id: its own comments and other Apps' checks are nobody's request. */
  readonly appId: number;
}

/**
 * What a delivery asks for, seen from its payload alone. `want` goes into the table of what is wanted, in the
 * delivery's own transaction; `handle` needs the API, so a job hands the stored delivery to the handlers.
 */
export type DeliveryDecision =
  | { readonly kind: "act"; readonly wanted: readonly WantedInput[]; readonly handle: boolean }
  | { readonly kind: "ignore"; readonly reason: string }
  | { readonly kind: "malformed"; readonly problem: string };

type Decide<Payload> = (payload: Payload, delivery: IncomingDelivery) => DeliveryDecision;

const automatic: Readonly<Record<string, Trigger>> = {
  opened: "opened",
  reopened: "reopened",
  ready_for_review: "ready_for_review",
  synchronize: "synchronize",
};

const decidePullRequest: Decide<z.infer<typeof payloads.pullRequestEvent>> = (payload, delivery) => {
  const ref = pullRequestRef(payload, payload.pull_request.number);
  if (ref === null) return noInstallation;
  if (payload.action === "closed" || payload.action === "converted_to_draft") return handle;
  const trigger = payload.action === "edited" && payload.changes?.base ? "base_changed" : automatic[payload.action];
  if (trigger === undefined) return ignore(`pull_request.${payload.action} changes nothing that is reviewed`);
  const request = requestOf(delivery, {
    trigger,
    headSha: payload.pull_request.head.sha,
    requester: payload.sender.login,
  });
  return { kind: "act", wanted: [{ pullRequest: ref, request, authorized: true }], handle: false };
};

const decideIssueComment: Decide<z.infer<typeof payloads.issueCommentEvent>> = (payload, delivery) => {
  if (payload.action !== "created") return ignore("only a new comment can give a command");
  const ref = payload.issue.pull_request === undefined ? null : pullRequestRef(payload, payload.issue.number);
  return decideComment(payload.comment, { delivery, kind: "issue_comment", sender: payload.sender.type, ref });
};

const decideReviewComment: Decide<z.infer<typeof payloads.reviewCommentEvent>> = (payload, delivery) => {
  if (payload.action !== "created") return ignore("only a new comment can give a command");
  const ref = pullRequestRef(payload, payload.pull_request.number);
  return decideComment(payload.comment, { delivery, kind: "review_comment", sender: payload.sender.type, ref });
};

const decideReview: Decide<z.infer<typeof payloads.reviewEvent>> = (payload, delivery) => {
  if (payload.action !== "submitted") return ignore("only a new review can give a command");
  const ref = pullRequestRef(payload, payload.pull_request.number);
  return decideComment(payload.review, { delivery, kind: "review", sender: payload.sender.type, ref });
};

interface CommentSetting {
  readonly delivery: IncomingDelivery;
  readonly kind: CommandSource["kind"];
  readonly sender: string;
  /** Null on a plain issue, where at most a sentence is due. */
  readonly ref: PullRequestRef | null;
}

const decideComment = (comment: payloads.CommentPayload, setting: CommentSetting): DeliveryDecision => {
  const viaApp = comment.performed_via_github_app !== undefined && comment.performed_via_github_app !== null;
  if (setting.sender === "Bot" || comment.user?.type === "Bot" || viaApp)
    return ignore("a bot's comment is no command");
  const addressed = readCommand(comment.body ?? "", null);
  if (addressed === null) return ignore("the comment holds no command");
  const { command } = addressed;
  if (setting.ref === null || command.kind !== "review") return handle;
  const request: ReviewRequest = {
    ...requestOf(setting.delivery, { trigger: "command", headSha: null, requester: comment.user?.login ?? null }),
    focus: command.focus,
    mode: command.mode,
    source: { kind: setting.kind, id: comment.id, nodeId: comment.node_id },
  };
  return { kind: "act", wanted: [{ pullRequest: setting.ref, request, authorized: false }], handle: true };
};

interface CheckPayload {
  readonly action: string;
  readonly installation?: { readonly id: number } | undefined;
  readonly repository: payloads.RepositoryPayload;
  readonly sender: { readonly login: string };
}

const decideCheck = (
  payload: CheckPayload,
  check: z.infer<typeof payloads.checkRunEvent>["check_run"],
  delivery: IncomingDelivery,
): DeliveryDecision => {
  if (payload.action !== "rerequested") return ignore("only a re-requested check asks for a review");
  if (check.app?.id !== delivery.appId) return ignore("the check belongs to another App");
  const wanted = check.pull_requests
    .filter((pull) => pull.base.repo.id === payload.repository.id)
    .flatMap((pull): WantedInput[] => {
      const ref = pullRequestRef(payload, pull.number);
      const request = requestOf(delivery, {
        trigger: "rerun",
        headSha: check.head_sha,
        requester: payload.sender.login,
      });
      const id = `${delivery.guid}:${pull.number}`;
      return ref === null ? [] : [{ pullRequest: ref, request: { ...request, id }, authorized: true }];
    });
  return wanted.length === 0 ? ignore("the check names no pull request") : { kind: "act", wanted, handle: false };
};

const parsed =
  <Schema extends z.ZodType>(schema: Schema, decideParsed: Decide<z.infer<Schema>>) =>
  (delivery: IncomingDelivery): DeliveryDecision => {
    const result = schema.safeParse(delivery.payload);
    if (result.success) return decideParsed(result.data, delivery);
    const [issue] = result.error.issues;
    const place = issue === undefined || issue.path.length === 0 ? "the payload" : `\`${issue.path.join(".")}\``;
    return {
      kind: "malformed",
      problem: `${place} of the ${delivery.event} event: ${issue?.message ?? "is not valid"}`,
    };
  };

const noInstallation: DeliveryDecision = { kind: "malformed", problem: "`installation` of the event is missing" };
const handle: DeliveryDecision = { kind: "act", wanted: [], handle: true };
const ignore = (reason: string): DeliveryDecision => ({ kind: "ignore", reason });

const deciders: Readonly<Record<string, (delivery: IncomingDelivery) => DeliveryDecision>> = {
  pull_request: parsed(payloads.pullRequestEvent, decidePullRequest),
  issue_comment: parsed(payloads.issueCommentEvent, decideIssueComment),
  pull_request_review_comment: parsed(payloads.reviewCommentEvent, decideReviewComment),
  pull_request_review: parsed(payloads.reviewEvent, decideReview),
  check_run: parsed(payloads.checkRunEvent, (payload, delivery) => decideCheck(payload, payload.check_run, delivery)),
  check_suite: parsed(payloads.checkSuiteEvent, (payload, delivery) =>
    decideCheck(payload, payload.check_suite, delivery),
  ),
  merge_group: parsed(payloads.mergeGroupEvent, ({ action }) =>
    action === "checks_requested" ? handle : ignore("nothing is asked of a merge group"),
  ),
  installation: parsed(payloads.installationEvent, ({ action }) =>
    action === "deleted" ? handle : ignore("nothing is to be forgotten"),
  ),
  installation_repositories: parsed(payloads.installationRepositoriesEvent, ({ action }) =>
    action === "removed" ? handle : ignore("nothing is to be forgotten"),
  ),
};

/** Decides what one delivery asks for. Pure: the repository's policy is read later, by the job. */
export const decide = (delivery: IncomingDelivery): DeliveryDecision =>
  deciders[delivery.event]?.(delivery) ?? ignore(`the event ${delivery.event} is not one that this App acts on`);

const pullRequestRef = (
  payload: {
    readonly installation?: { readonly id: number } | undefined;
    readonly repository: payloads.RepositoryPayload;
  },
  number: number,
): PullRequestRef | null =>
  payload.installation === undefined
    ? null
    : {
        installationId: payload.installation.id,
        repositoryId: payload.repository.id,
        owner: payload.repository.owner.login,
        name: payload.repository.name,
        number,
      };

/** A delivery asks one thing, so its GUID names the request as well: a repeated delivery cannot ask twice. */
const requestOf = (
  delivery: IncomingDelivery,
  what: { readonly trigger: Trigger; readonly headSha: string | null; readonly requester: string | null },
): ReviewRequest => ({
  id: delivery.guid,
  ...what,
  focus: null,
  mode: "review",
  source: null,
  receivedAt: delivery.receivedAt,
});
