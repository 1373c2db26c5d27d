import type { SaidThread } from "./evidence.ts";

/** A repository as GitHub identifies it. The id is the key everywhere; names change and are reused. */
export interface RepositoryRef {
  readonly installationId: number;
  readonly repositoryId: number;
  readonly owner: string;
  readonly name: string;
}

export interface PullRequestRef extends RepositoryRef {
  readonly number: number;
}

export type Permission = "admin" | "maintain" | "write" | "triage" | "read" | "none";

/** A pull request as GitHub shows it at one moment; read in one request. */
export interface PullRequestSnapshot {
  readonly ref: PullRequestRef;
  /** GraphQL node id, for batched mutations. */
  readonly nodeId: string;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly authorIsBot: boolean;
  readonly authorAssociation: string;
  /** Opened by the account under which the program writes. */
  readonly isOwn: boolean;
  readonly state: "open" | "closed" | "merged";
  readonly isDraft: boolean;
  readonly headSha: string;
  readonly headRef: string;
  /** Null when the fork was deleted. */
  readonly headRepositoryId: number | null;
  readonly isFork: boolean;
  readonly baseSha: string;
  readonly baseRef: string;
  readonly defaultBranch: string;
  readonly isPrivate: boolean;
  readonly labels: readonly string[];
  readonly commitMessages: readonly string[];
  /** Issues that merging it closes, as far as they may be read. */
  readonly linkedIssues: readonly LinkedIssue[];
  readonly threads: readonly SaidThread[];
  /** Our own comments in the conversation that carry a marker, newest last. */
  readonly ownComments: readonly OwnComment[];
  /** Raw text of `.github/codex-review.yml`, null where the branch has none. */
  readonly policyOnBase: string | null;
  readonly policyOnDefault: string | null;
  readonly url: string;
}

export interface OwnComment {
  readonly id: number;
  readonly nodeId: string;
  readonly body: string;
}

/** An issue of the code host; title and text are anybody's. */
export interface LinkedIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
}
