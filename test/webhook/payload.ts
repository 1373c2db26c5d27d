import { someRef } from "../fakes/pull-request.ts";

export const ownAppId = 4711;

interface Account {
  readonly login: string;
  readonly type: string;
}

const writer: Account = { login: "mona", type: "User" };

const base = (action: string, sender: Account) => ({
  action,
  installation: { id: someRef.installationId },
  repository: { id: someRef.repositoryId, name: someRef.name, owner: { login: someRef.owner } },
  sender,
});

const head = { sha: "a".repeat(40) };

export const pullRequestPayload = (action: string, over: Readonly<Record<string, unknown>> = {}) => ({
  ...base(action, writer),
  pull_request: { number: someRef.number, head },
  ...over,
});

export interface Said {
  readonly body: string | null;
  readonly by?: Account;
  readonly action?: string;
  readonly viaApp?: number;
}

const commentOf = ({ body, by = writer, viaApp }: Said) => ({
  id: 9001,
  node_id: "C_9001",
  body,
  user: by,
  performed_via_github_app: viaApp === undefined ? null : { id: viaApp },
});

/** A comment in each of the three forms in which it may come. */
export const commentPayloads = {
  issue_comment: (said: Said) => ({
    ...base(said.action ?? "created", said.by ?? writer),
    issue: { number: someRef.number, pull_request: { url: "https://api.github.example/pulls/7" } },
    comment: commentOf(said),
  }),
  pull_request_review_comment: (said: Said) => ({
    ...base(said.action ?? "created", said.by ?? writer),
    pull_request: { number: someRef.number },
    comment: commentOf(said),
  }),
  pull_request_review: (said: Said) => ({
    ...base(said.action ?? "submitted", said.by ?? writer),
    pull_request: { number: someRef.number },
    review: commentOf(said),
  }),
} as const;

export const plainIssuePayload = (body: string) => ({
  ...base("created", writer),
  issue: { number: 8 },
  comment: commentOf({ body }),
});

export const checkPayload = (
  name: "check_run" | "check_suite",
  over: {
    readonly action?: string;
    readonly appId?: number;
    readonly repositoryId?: number;
    /** Of a fork: GitHub names no pull request then. */
    readonly isFork?: boolean;
    readonly externalId?: string;
  } = {},
) => ({
  ...base(over.action ?? "rerequested", writer),
  [name]: {
    head_sha: head.sha,
    app: { id: over.appId ?? ownAppId },
    ...(over.externalId === undefined ? {} : { external_id: over.externalId }),
    pull_requests:
      over.isFork === true
        ? []
        : [{ number: someRef.number, base: { repo: { id: over.repositoryId ?? someRef.repositoryId } } }],
  },
});

export const mergeGroupPayload = (action: string) => ({ ...base(action, writer), merge_group: { head_sha: head.sha } });

export const installationPayload = (action: string) => ({
  action,
  installation: { id: someRef.installationId },
  repositories: [{ id: someRef.repositoryId }, { id: 102 }],
});

export const installationRepositoriesPayload = (action: string) => ({
  action,
  installation: { id: someRef.installationId },
  repositories_removed: action === "removed" ? [{ id: someRef.repositoryId }] : [],
});
