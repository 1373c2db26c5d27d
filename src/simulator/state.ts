import type { KeyObject } from "node:crypto";
import type { Side } from "./git/parse-patch.ts";
import type { PullDiff } from "./git/pull-diff.ts";
import type { Permissions } from "./permission.ts";
import type { DeliveryRecord } from "./webhooks/delivery-record.ts";

/** Everything the simulated GitHub remembers. Entities are mutable and refer to each other; views never leave this folder. */

export type Role = "admin" | "maintain" | "write" | "triage" | "read" | "none";

export interface Account {
  readonly id: number;
  readonly nodeId: string;
  readonly login: string;
  readonly type: "User" | "Organization" | "Bot";
}

export interface Label {
  readonly id: number;
  readonly nodeId: string;
  readonly name: string;
}

export interface Repo {
  readonly id: number;
  readonly nodeId: string;
  readonly owner: Account;
  readonly name: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly gitDir: string;
  readonly parent: Repo | null;
  readonly createdAt: string;
  pushedAt: string;
  deleted: boolean;
  readonly roles: Map<string, Role>;
  readonly labels: Map<string, Label>;
  readonly conversations: Map<number, Issue | Pull>;
  readonly checkSuites: CheckSuite[];
}

interface Conversation {
  readonly id: number;
  readonly nodeId: string;
  /** A pull request is an issue too, with an id of its own as one. */
  readonly issueId: number;
  readonly number: number;
  readonly repo: Repo;
  readonly author: Account;
  title: string;
  body: string | null;
  state: "open" | "closed";
  labels: Label[];
  readonly comments: IssueComment[];
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
}

export interface Issue extends Conversation {
  readonly kind: "issue";
}

export interface Pull extends Conversation {
  readonly kind: "pull";
  draft: boolean;
  merged: boolean;
  mergedAt: string | null;
  mergedBy: Account | null;
  readonly headOwner: Account;
  /** Null when the fork was deleted. */
  headRepo: Repo | null;
  readonly headRef: string;
  headSha: string;
  baseRef: string;
  baseSha: string;
  diff: PullDiff;
  /** Commits of merge base…head, oldest first. */
  commits: readonly Commit[];
  readonly reviews: Review[];
  readonly threads: Thread[];
}

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
}

export interface IssueComment {
  readonly kind: "issue_comment";
  readonly id: number;
  readonly nodeId: string;
  readonly issue: Issue | Pull;
  readonly author: Account;
  readonly viaApp: boolean;
  body: string;
  minimized: string | null;
  readonly createdAt: string;
  updatedAt: string;
}

export type ReviewState = "PENDING" | "COMMENTED" | "APPROVED" | "CHANGES_REQUESTED";

export interface Review {
  readonly kind: "review";
  readonly id: number;
  readonly nodeId: string;
  readonly pull: Pull;
  readonly author: Account;
  readonly viaApp: boolean;
  body: string;
  state: ReviewState;
  commitId: string;
  minimized: string | null;
  readonly createdAt: string;
  updatedAt: string;
  submittedAt: string | null;
}

export interface Thread {
  readonly kind: "thread";
  readonly nodeId: string;
  readonly pull: Pull;
  readonly path: string;
  readonly side: Side;
  readonly startSide: Side | null;
  readonly originalLine: number;
  readonly originalStartLine: number | null;
  readonly originalCommitId: string;
  readonly originalPosition: number;
  readonly diffHunk: string;
  /** Where the thread stands at the head; null when outdated. */
  line: number | null;
  startLine: number | null;
  position: number | null;
  commitId: string;
  resolvedBy: Account | null;
  readonly comments: ReviewComment[];
}

export interface ReviewComment {
  readonly kind: "review_comment";
  readonly id: number;
  readonly nodeId: string;
  readonly thread: Thread;
  readonly review: Review;
  readonly author: Account;
  readonly viaApp: boolean;
  readonly inReplyTo: number | null;
  body: string;
  minimized: string | null;
  readonly createdAt: string;
  updatedAt: string;
}

export const reactionContents = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"] as const;
export type ReactionContent = (typeof reactionContents)[number];

export interface Reaction {
  readonly kind: "reaction";
  readonly id: number;
  readonly nodeId: string;
  readonly subject: Reactable;
  readonly user: Account;
  readonly content: ReactionContent;
  readonly createdAt: string;
}

export type Reactable = Issue | Pull | IssueComment | ReviewComment | Review;
export type Minimizable = IssueComment | ReviewComment | Review;

export interface CheckSuite {
  readonly id: number;
  readonly nodeId: string;
  readonly repo: Repo;
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly createdAt: string;
  readonly runs: CheckRun[];
}

export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number | undefined;
  readonly end_column?: number | undefined;
  readonly annotation_level: "notice" | "warning" | "failure";
  readonly message: string;
  readonly title?: string | undefined;
  readonly raw_details?: string | undefined;
}

export interface CheckOutput {
  readonly title: string | null;
  readonly summary: string | null;
  readonly text: string | null;
}

export interface CheckRun {
  readonly id: number;
  readonly nodeId: string;
  readonly suite: CheckSuite;
  name: string;
  externalId: string;
  detailsUrl: string | null;
  status: string;
  conclusion: string | null;
  startedAt: string;
  completedAt: string | null;
  output: CheckOutput;
  readonly annotations: Annotation[];
}

export interface Installation {
  readonly id: number;
  readonly account: Account;
  readonly repos: Set<Repo>;
  permissions: Permissions;
  readonly createdAt: string;
  updatedAt: string;
  suspendedAt: string | null;
  deleted: boolean;
}

export interface InstallationToken {
  readonly kind: "installation";
  readonly id: number;
  readonly value: string;
  readonly installation: Installation;
  /** Null: every repository of the installation. */
  readonly repos: ReadonlySet<Repo> | null;
  readonly permissions: Permissions;
  expiresAt: Date;
}

export interface UserToken {
  readonly kind: "user";
  readonly id: number;
  readonly value: string;
  readonly user: Account;
}

export interface AppIdentity {
  readonly id: number;
  readonly nodeId: string;
  readonly slug: string;
  readonly name: string;
  readonly owner: Account;
  readonly bot: Account;
  readonly publicKey: KeyObject;
  readonly webhookSecret: string;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  readonly createdAt: string;
}

export type Node = Repo | Issue | Pull | IssueComment | Review | Thread | ReviewComment | CheckRun;

export interface State {
  app: AppIdentity;
  webhookUrl: string | null;
  readonly accounts: Map<string, Account>;
  readonly repos: Repo[];
  readonly installations: Installation[];
  readonly tokens: Map<string, InstallationToken | UserToken>;
  readonly nodes: Map<string, Node>;
  readonly reactions: Reaction[];
  readonly deliveries: DeliveryRecord[];
  /** Codes of the manifest flow that were not exchanged yet, with the manifest as it was posted. */
  readonly manifests: Map<string, unknown>;
}
