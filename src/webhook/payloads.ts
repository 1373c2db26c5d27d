import { z } from "zod";

/** The parts of GitHub's webhook payloads that decisions rest on; everything else is carried along unread. */

const account = z.object({ login: z.string().min(1), type: z.string() });

const repositoryEvent = z.object({
  action: z.string(),
  installation: z.object({ id: z.int().positive() }),
  repository: z.object({
    id: z.int().positive(),
    name: z.string().min(1),
    owner: z.object({ login: z.string().min(1) }),
  }),
  sender: account,
});

/** What every event about a repository carries. */
export type RepositoryEvent = z.infer<typeof repositoryEvent>;

const numbered = z.object({ number: z.int().positive() });

export const pullRequestEvent = repositoryEvent.extend({
  pull_request: numbered.extend({ head: z.object({ sha: z.string().min(1) }) }),
  changes: z.object({ base: z.unknown().optional() }).optional(),
});
export type PullRequestEvent = z.infer<typeof pullRequestEvent>;

const comment = z.object({
  id: z.int().positive(),
  node_id: z.string().min(1),
  /** Null where it is empty. */
  body: z.string().nullable(),
  /** Null where the account is gone. */
  user: account.nullable(),
  performed_via_github_app: z.object({ id: z.int() }).nullish(),
});

const issueCommentEvent = repositoryEvent
  .extend({ issue: numbered.extend({ pull_request: z.object({}).optional() }), comment })
  .transform(({ issue, ...event }) => ({
    ...event,
    kind: "issue_comment" as const,
    isNew: event.action === "created",
    /** Null on a plain issue: to GitHub both have the same conversation. */
    number: issue.pull_request === undefined ? null : issue.number,
  }));

const reviewCommentEvent = repositoryEvent
  .extend({ pull_request: numbered, comment })
  .transform(({ pull_request, ...event }) => ({
    ...event,
    kind: "review_comment" as const,
    isNew: event.action === "created",
    number: pull_request.number,
  }));

const reviewEvent = repositoryEvent
  .extend({ pull_request: numbered, review: comment })
  .transform(({ pull_request, review, ...event }) => ({
    ...event,
    kind: "review" as const,
    isNew: event.action === "submitted",
    number: pull_request.number,
    comment: review,
  }));

/** The three events by which a person's words come, brought into one form. */
export const commentEvents = {
  issue_comment: issueCommentEvent,
  pull_request_review_comment: reviewCommentEvent,
  pull_request_review: reviewEvent,
} as const;
export type CommentEvent = z.infer<(typeof commentEvents)[keyof typeof commentEvents]>;

const check = z.object({
  head_sha: z.string().min(1),
  app: z.object({ id: z.int() }).nullable(),
  /** Ours is the run's id; a check suite has none. */
  external_id: z.string().nullish(),
  pull_requests: z.array(numbered.extend({ base: z.object({ repo: z.object({ id: z.int() }) }) })),
});
export type Check = z.infer<typeof check>;

export const checkRunEvent = repositoryEvent.extend({ check_run: check });
export const checkSuiteEvent = repositoryEvent.extend({ check_suite: check });

export const mergeGroupEvent = repositoryEvent.extend({ merge_group: z.object({ head_sha: z.string().min(1) }) });

const installationEvent = z.object({ action: z.string(), installation: z.object({ id: z.int().positive() }) });
const repositories = z.array(z.object({ id: z.int().positive() }));

export const installationLifeEvent = installationEvent.extend({ repositories: repositories.optional() });
export const installationRepositoriesEvent = installationEvent.extend({ repositories_removed: repositories });
