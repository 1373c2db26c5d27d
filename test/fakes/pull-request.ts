import type { PullRequestRef, PullRequestSnapshot } from "../../src/core/pull-request.ts";

export const someRef: PullRequestRef = {
  installationId: 11,
  repositoryId: 101,
  owner: "acme",
  name: "shop",
  number: 7,
};

/** An open pull request of a person with write access, without any talk on it. */
export const somePullRequest = (over: Partial<PullRequestSnapshot> = {}): PullRequestSnapshot => ({
  ref: someRef,
  nodeId: "PR_7",
  title: "Charge in cents",
  body: "Fixes rounding.",
  author: "mona",
  authorIsBot: false,
  authorAssociation: "MEMBER",
  isOwn: false,
  state: "open",
  isDraft: false,
  headSha: "a".repeat(40),
  headRef: "cents",
  headRepositoryId: someRef.repositoryId,
  isFork: false,
  baseSha: "b".repeat(40),
  baseRef: "main",
  defaultBranch: "main",
  isPrivate: true,
  labels: [],
  commitMessages: ["Charge in cents"],
  linkedIssues: [],
  threads: [],
  ownComments: [],
  policyOnBase: null,
  policyOnDefault: null,
  url: "https://github.example/acme/shop/pull/7",
  ...over,
});
