import type { z } from "zod";
import type { ReviewRequest, Trigger } from "../core/request.ts";
import type { WantedInput } from "../review/store-ports.ts";
import { readCommand } from "./commands.ts";
import * as payloads from "./payloads.ts";
import { pullRequestRef } from "./repository-ref.ts";
import { rerunWanted } from "./rerun-wanted.ts";

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
 * delivery's own transaction; `handle` needs the API, so a job hands the stored delivery to the handlers. What is
 * ignored is not even stored: it would be ignored again.
 */
export type DeliveryDecision =
  | { readonly kind: "want"; readonly wanted: readonly WantedInput[] }
  | { readonly kind: "handle" }
  | { readonly kind: "ignore"; readonly reason: string }
  | { readonly kind: "malformed"; readonly problem: string };

/** Decides what one delivery asks for. Pure: the repository's policy is read later, by the job. */
export const decide = (delivery: IncomingDelivery): DeliveryDecision =>
  deciders.get(delivery.event)?.(delivery) ?? ignore(`the event ${delivery.event} is not one that this App acts on`);

type Decide<Payload> = (payload: Payload, delivery: IncomingDelivery) => DeliveryDecision;

const handle: DeliveryDecision = { kind: "handle" };
const ignore = (reason: string): DeliveryDecision => ({ kind: "ignore", reason });

/** Actions that are triggers of the same name. */
const automatic: readonly Trigger[] = ["opened", "reopened", "ready_for_review", "synchronize"];

const decidePullRequest: Decide<payloads.PullRequestEvent> = (event, delivery) => {
  if (event.action === "closed" || event.action === "converted_to_draft") return handle;
  const isNewBase = event.action === "edited" && event.changes?.base !== undefined;
  const trigger = isNewBase ? "base_changed" : automatic.find((name) => name === event.action);
  if (trigger === undefined) return ignore(`pull_request.${event.action} changes nothing that is reviewed`);
  const { number, head } = event.pull_request;
  const request = requestOf(delivery, { trigger, headSha: head.sha, requester: event.sender.login });
  return { kind: "want", wanted: [{ pullRequest: pullRequestRef(event, number), request }] };
};

/**
 * A comment that may hold a command goes to the handlers, which know the repository's handle and the asker's
 * permission. No bot gives commands: two of them would talk for ever.
 */
const decideComment: Decide<payloads.CommentEvent> = (event, delivery) => {
  if (!event.isNew) return ignore("only a new comment can give a command");
  if (event.number === null) return ignore("plain issues are not reviewed");
  if (event.sender.type === "Bot" || event.comment.user?.type === "Bot") return ignore("a bot gives no commands");
  if (event.comment.performed_via_github_app?.id === delivery.appId) return ignore("this App wrote it itself");
  return readCommand(event.comment.body ?? "", null) === null ? ignore("the comment holds no command") : handle;
};

const decideCheck = (
  event: payloads.RepositoryEvent,
  check: payloads.Check,
  delivery: IncomingDelivery,
): DeliveryDecision => {
  if (event.action !== "rerequested") return ignore("only a re-requested check asks for a review");
  if (check.app?.id !== delivery.appId) return ignore("the check belongs to another App");
  // A commit may also be the head of a pull request in the repository that this one was forked from.
  const own = check.pull_requests.filter((pull) => pull.base.repo.id === event.repository.id);
  // GitHub names no pull request from a fork: which one it was for stands in the store.
  if (own.length === 0) return handle;
  const { guid, receivedAt } = delivery;
  const numbers = own.map(({ number }) => number);
  return { kind: "want", wanted: rerunWanted({ guid, receivedAt, event, check }, numbers) };
};

/** Holds a payload against its schema; what is wrong with it is said in one sentence. */
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

const handleOn =
  (action: string): Decide<{ readonly action: string }> =>
  (event) =>
    event.action === action ? handle : ignore(`nothing is done on ${event.action}`);

const deciders: ReadonlyMap<string, (delivery: IncomingDelivery) => DeliveryDecision> = new Map([
  ["pull_request", parsed(payloads.pullRequestEvent, decidePullRequest)],
  ["issue_comment", parsed(payloads.commentEvents.issue_comment, decideComment)],
  ["pull_request_review_comment", parsed(payloads.commentEvents.pull_request_review_comment, decideComment)],
  ["pull_request_review", parsed(payloads.commentEvents.pull_request_review, decideComment)],
  ["check_run", parsed(payloads.checkRunEvent, (event, delivery) => decideCheck(event, event.check_run, delivery))],
  [
    "check_suite",
    parsed(payloads.checkSuiteEvent, (event, delivery) => decideCheck(event, event.check_suite, delivery)),
  ],
  ["merge_group", parsed(payloads.mergeGroupEvent, handleOn("checks_requested"))],
  ["installation", parsed(payloads.installationLifeEvent, handleOn("deleted"))],
  ["installation_repositories", parsed(payloads.installationRepositoriesEvent, handleOn("removed"))],
]);

/** A delivery asks one thing, so its GUID names the request as well: a repeated delivery cannot ask twice. */
const requestOf = (
  delivery: IncomingDelivery,
  what: Pick<ReviewRequest, "trigger" | "headSha" | "requester">,
): ReviewRequest => ({
  id: delivery.guid,
  ...what,
  focus: null,
  mode: "review",
  source: null,
  receivedAt: delivery.receivedAt,
});
