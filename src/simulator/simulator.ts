import type { NewFile } from "./git/commit-files.ts";
import type { Side } from "./git/parse-patch.ts";
import type { Fault } from "./http/faults.ts";
import type { Exchange, RequestFilter, RequestRecord } from "./http/request-log.ts";
import type { Limits } from "./limits.ts";
import type { Permissions } from "./permission.ts";
import type { Annotation, CheckOutput, ReactionContent, ReviewState, Role } from "./state.ts";
import type { ReviewEvent } from "./actions/reviews.ts";
import type { DeliveryRecord } from "./webhooks/delivery-record.ts";
import type { WebhookFault } from "./webhooks/webhook-faults.ts";

export interface SimulatorOptions {
  /** Repositories are kept here; the caller removes it. */
  readonly dir: string;
  /** 0, a free one, where nothing is said. */
  readonly port?: number;
  readonly app: {
    readonly id: number;
    readonly slug: string;
    readonly webhookSecret: string;
    /** PEM of either half of the App's key; one is needed. */
    readonly publicKey?: string;
    readonly privateKey?: string;
    readonly permissions?: Permissions;
    readonly events?: readonly string[];
  };
  readonly webhookUrl?: string;
  readonly limits?: Partial<Limits>;
  /** Ids count up from here; 1000 where nothing is said. The token library takes equal ids of one process for the same. */
  readonly firstId?: number;
  readonly now?: () => Date;
  /** PATH on which git is found. */
  readonly searchPath?: string;
}

/** A pull request or issue by `owner/name` and number. */
export interface ConversationRef {
  readonly repo: string;
  readonly number: number;
}

export interface RepositoryView {
  readonly id: number;
  readonly nodeId: string;
  readonly owner: string;
  readonly name: string;
  /** `owner/name`, by which every other method takes it. */
  readonly fullName: string;
  readonly defaultBranch: string;
  readonly cloneUrl: string;
  /** The bare repository on this disk. */
  readonly gitDir: string;
  /** Null where the App is not installed. */
  readonly installationId: number | null;
}

export interface PullView extends ConversationRef {
  readonly id: number;
  readonly nodeId: string;
  readonly title: string;
  readonly body: string | null;
  readonly state: "open" | "closed";
  readonly merged: boolean;
  readonly draft: boolean;
  readonly headRef: string;
  readonly headSha: string;
  readonly baseRef: string;
  readonly baseSha: string;
  readonly mergeBase: string;
  readonly changedFiles: number;
  readonly url: string;
}

export interface CommentView {
  readonly id: number;
  readonly nodeId: string;
  readonly author: string;
  readonly body: string;
  readonly minimized: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface LineCommentView extends CommentView {
  readonly path: string;
  readonly side: Side;
  /** As it was posted; null for a single line. */
  readonly originalStartLine: number | null;
  readonly originalLine: number;
  readonly line: number | null;
  readonly startLine: number | null;
  readonly threadId: string;
  readonly inReplyTo: number | null;
  readonly pending: boolean;
}

export interface ReviewView {
  readonly id: number;
  readonly nodeId: string;
  readonly author: string;
  readonly state: ReviewState;
  readonly body: string;
  readonly commitId: string;
  readonly submittedAt: string | null;
  readonly comments: readonly LineCommentView[];
}

export interface ThreadView {
  readonly id: string;
  readonly path: string;
  readonly side: Side;
  readonly line: number | null;
  readonly startLine: number | null;
  readonly isResolved: boolean;
  readonly isOutdated: boolean;
  readonly comments: readonly LineCommentView[];
}

export interface CheckRunView {
  readonly id: number;
  readonly repo: string;
  readonly headSha: string;
  readonly name: string;
  readonly externalId: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly output: CheckOutput;
  readonly annotations: readonly Annotation[];
}

interface ReactionView {
  readonly user: string;
  readonly content: ReactionContent;
}

export interface NewRepository {
  readonly owner: string;
  readonly name: string;
  readonly private?: boolean;
  readonly defaultBranch?: string;
  /** The first commit's files; or the history comes from a bundle file or a repository's folder. */
  readonly files?: Readonly<Record<string, NewFile>>;
  readonly fromBundle?: string;
  readonly fromGitDir?: string;
  /** The first commit's date, ISO 8601: with it the same files make the same SHA. */
  readonly date?: string;
  /** False leaves the App uninstalled. */
  readonly installed?: boolean;
}

export interface Push {
  readonly files?: Readonly<Record<string, NewFile>>;
  readonly deleted?: readonly string[];
  readonly message?: string;
  /** What the commit builds on; the branch's tip, or the default branch's for a new branch, where nothing is said. */
  readonly from?: string;
  /** Needed where `from` is not the branch's tip. */
  readonly force?: boolean;
  readonly login?: string;
  /** The commit's date, ISO 8601; now where nothing is said. */
  readonly date?: string;
}

export interface NewPullRequest {
  readonly repo: string;
  /** A branch, or `owner:branch` of a fork. */
  readonly head: string;
  readonly base?: string;
  readonly title: string;
  readonly body?: string;
  readonly author: string;
  readonly draft?: boolean;
}

export interface LineInput {
  readonly path: string;
  readonly line: number;
  readonly side?: Side;
  readonly startLine?: number;
  readonly body: string;
}

/** What people do on GitHub. A `login` that nobody added is added as a user; where none is named, the owner acts. */
export interface People {
  readonly addUser: (user: { readonly login: string; readonly type?: "User" | "Organization" | "Bot" }) => {
    readonly id: number;
  };
  readonly setPermission: (repo: string, login: string, role: Role) => void;
  readonly createRepository: (input: NewRepository) => Promise<RepositoryView>;
  readonly fork: (repo: string, owner: string) => Promise<RepositoryView>;
  /** Deletes a fork; pull requests from it lose their head repository. */
  readonly deleteFork: (repo: string) => void;
  /** One commit on a branch; answers its SHA after pull requests were told. */
  readonly push: (repo: string, branch: string, push: Push) => Promise<string>;
  /** Fetches `refspec` from a repository's folder, as a push from there; a `+` forces. */
  readonly pushFromGit: (repo: string, source: { readonly dir: string; readonly refspec: string }) => Promise<void>;
  /** Points a pull request's head branch at another commit of its repository, forced. */
  readonly moveHead: (pull: ConversationRef, sha: string) => Promise<void>;
  readonly openPullRequest: (input: NewPullRequest) => Promise<PullView>;
  readonly markReady: (pull: ConversationRef, login?: string) => void;
  readonly convertToDraft: (pull: ConversationRef, login?: string) => void;
  readonly editPullRequest: (
    pull: ConversationRef,
    change: { readonly title?: string; readonly body?: string },
  ) => void;
  readonly retarget: (pull: ConversationRef, base: string) => Promise<void>;
  readonly closePullRequest: (pull: ConversationRef, change?: { readonly merged?: boolean }) => void;
  readonly reopenPullRequest: (pull: ConversationRef) => void;
  readonly label: (pull: ConversationRef, name: string) => void;
  readonly createIssue: (input: {
    readonly repo: string;
    readonly title: string;
    readonly author: string;
  }) => ConversationRef;
  readonly comment: (on: ConversationRef, login: string, body: string) => CommentView;
  readonly editComment: (id: number, login: string, body: string) => void;
  readonly deleteComment: (id: number, login: string) => void;
  readonly commentOnLine: (pull: ConversationRef, login: string, input: LineInput) => Promise<LineCommentView>;
  /** Answers in the thread of any of its comments. */
  readonly replyOnThread: (commentId: number, login: string, body: string) => LineCommentView;
  readonly setResolved: (threadId: string, login: string, resolved: boolean) => void;
  readonly submitReview: (
    pull: ConversationRef,
    login: string,
    review: { readonly event: ReviewEvent; readonly body?: string; readonly comments?: readonly LineInput[] },
  ) => Promise<ReviewView>;
  /** `subject` is a node id. */
  readonly react: (subject: string, login: string, content: ReactionContent) => void;
  /** Asks for checks on a merge queue's commit: base and head merged; answers its SHA. */
  readonly mergeGroup: (pull: ConversationRef) => Promise<string>;
  readonly rerequestCheckRun: (id: number, login?: string) => void;
  readonly rerequestCheckSuite: (repo: string, headSha: string, login?: string) => Promise<void>;
}

export interface Installing {
  /** Installs the App on one more repository. */
  readonly install: (repo: string) => number;
  readonly uninstall: (repo: string) => void;
  /** Deletes the owner's whole installation. */
  readonly removeInstallation: (owner: string) => void;
  readonly suspendInstallation: (owner: string, suspended: boolean) => void;
  /** What the owner granted; tokens made from now on hold no more. */
  readonly grant: (owner: string, permissions: Permissions) => void;
  /** An installation token without the App's JSON web token; for every repository and permission where nothing is said. */
  readonly createInstallationToken: (
    owner: string,
    scope?: { readonly repositories?: readonly string[]; readonly permissions?: Permissions },
  ) => string;
  /** A person's token, as for `GITHUB_TOKEN`. */
  readonly createUserToken: (login: string) => string;
  /** Every token handed out so far is refused from now on. */
  readonly expireTokens: () => void;
}

/** What stands on GitHub now. Pending reviews are listed apart: nobody sees them. */
export interface Reading {
  readonly repository: (repo: string) => RepositoryView;
  readonly pull: (pull: ConversationRef) => PullView;
  readonly branchSha: (repo: string, branch: string) => Promise<string>;
  readonly reviews: (pull: ConversationRef) => readonly ReviewView[];
  readonly pendingReviews: (pull: ConversationRef) => readonly ReviewView[];
  readonly threads: (pull: ConversationRef) => readonly ThreadView[];
  readonly comments: (on: ConversationRef) => readonly CommentView[];
  readonly checkRuns: (headSha: string) => readonly CheckRunView[];
  /** `subject` is a node id. */
  readonly reactions: (subject: string) => readonly ReactionView[];
  /** The pull request's page as one self-contained HTML file. */
  readonly renderPage: (owner: string, repo: string, number: number) => string;
}

/** A GitHub on this machine. Everything is in memory but the git repositories. */
export interface Simulator extends People, Installing, Reading {
  readonly url: string;
  /** REST's base, as GHES has it: `${url}/api/v3`. */
  readonly apiUrl: string;

  readonly setWebhookUrl: (url: string | null) => void;
  /** The log, oldest first. */
  readonly deliveries: () => readonly DeliveryRecord[];
  readonly redeliver: (guid: string) => void;
  readonly webhookFaults: { readonly add: (fault: WebhookFault) => void; readonly clear: () => void };
  /** Resolves when no delivery is under way. */
  readonly settled: () => Promise<void>;

  /** Every request so far, in the order of their answers. */
  readonly requests: readonly RequestRecord[];
  readonly count: (filter: RequestFilter) => number;
  readonly clearRequests: () => void;
  readonly observe: (listener: (exchange: Exchange) => void) => () => void;
  readonly faults: { readonly add: (fault: Fault) => void; readonly clear: () => void };

  /** Stops; throws when a request failed by the simulator's own fault. */
  readonly close: () => Promise<void>;
}
