import { z } from "zod";

/** The parts of GitHub's webhook payloads that decisions rest on; everything else is carried along unread. */

const account = z.object({ login: z.string().min(1), type: z.string() });

const repository = z.object({
  id: z.int().positive(),
  name: z.string().min(1),
  owner: z.object({ login: z.string().min(1) }),
});

const base = {
  installation: z.object({ id: z.int().positive() }).optional(),
  repository,
  sender: account,
};

const pullRequest = z.object({
  number: z.int().positive(),
  state: z.string(),
  head: z.object({ sha: z.string().min(1) }),
});

const comment = z.object({
  id: z.int().positive(),
  node_id: z.string().min(1),
  body: z.string().nullable(),
  user: account.nullable(),
  performed_via_github_app: z.object({ id: z.int() }).nullish(),
});

export const pullRequestEvent = z.object({
  ...base,
  action: z.string(),
  pull_request: pullRequest,
  changes: z.object({ base: z.unknown().optional() }).optional(),
});

export const issueCommentEvent = z.object({
  ...base,
  action: z.string(),
  issue: z.object({ number: z.int().positive(), state: z.string(), pull_request: z.object({}).optional() }),
  comment,
});

export const reviewCommentEvent = z.object({ ...base, action: z.string(), pull_request: pullRequest, comment });

export const reviewEvent = z.object({
  ...base,
  action: z.string(),
  pull_request: pullRequest,
  review: comment.omit({ performed_via_github_app: true }),
});

const checkPulls = z.object({
  head_sha: z.string().min(1),
  app: z.object({ id: z.int() }).nullable(),
  pull_requests: z.array(z.object({ number: z.int().positive(), base: z.object({ repo: z.object({ id: z.int() }) }) })),
});

export const checkRunEvent = z.object({ ...base, action: z.string(), check_run: checkPulls });
export const checkSuiteEvent = z.object({ ...base, action: z.string(), check_suite: checkPulls });

export const mergeGroupEvent = z.object({
  ...base,
  action: z.string(),
  merge_group: z.object({ head_sha: z.string().min(1) }),
});

export const installationEvent = z.object({
  action: z.string(),
  installation: z.object({ id: z.int().positive() }),
  repositories: z.array(z.object({ id: z.int().positive() })).optional(),
});

export const installationRepositoriesEvent = z.object({
  action: z.string(),
  installation: z.object({ id: z.int().positive() }),
  repositories_removed: z.array(z.object({ id: z.int().positive() })),
});

export type RepositoryPayload = z.infer<typeof repository>;
export type CommentPayload = z.infer<typeof comment>;
