import type { Candidate } from "../core/candidate.ts";
import type { ChangeDiff, EntryKind } from "../core/change.ts";
import type { PlannedCheck, PlannedComment, PlannedReaction } from "../core/plan.ts";
import type { Permission, PullRequestRef, PullRequestSnapshot, RepositoryRef } from "../core/pull-request.ts";
import type { TreeScans } from "./scan-ports.ts";

/**
 * Ports of the application. Every method throws `OperationalError` when the outside fails and lets an abort of its
 * signal through as the signal's reason; what it throws beside that is written at the method.
 */

export interface Clock {
  readonly now: () => Date;
  /** Resolves after `ms`, rejects with the signal's reason. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Makes ids (UUIDs) and random hexadecimal strings. */
export interface Ids {
  readonly next: () => string;
}

// ------------------------------------------------------------------------------------------------ code host

/** How git reaches a repository: the header value goes into git's environment, never into argv, URL or a file. */
export interface GitAccess {
  readonly url: string;
  readonly authorization: string | null;
}

/** What became of a write whose answer may have been lost. */
export type ReviewOnHost =
  | { readonly state: "pending"; readonly id: number; readonly mine: boolean }
  | { readonly state: "submitted"; readonly id: number; readonly url: string };

export type CreateReviewResult =
  | { readonly created: true; readonly id: number }
  /** GitHub refused a line (422); nothing was posted. */
  | { readonly created: false; readonly refused: "line"; readonly message: string }
  /** A pending review of ours is in the way (422). */
  | { readonly created: false; readonly refused: "pending_exists"; readonly message: string };

export interface NewReview {
  readonly headSha: string;
  readonly body: string;
  readonly comments: readonly PlannedComment[];
}

/**
 * GitHub. Writes are made one at a time for a pull request; the caller keeps the ledger. What fails outside is a
 * `CodeHostError`, whose `outcome` says what became of a write.
 */
export interface CodeHost {
  /** One request, one more for each further 100 threads or comments. Null when the pull request or the access to it is gone. */
  readonly readPullRequest: (ref: PullRequestRef, signal: AbortSignal) => Promise<PullRequestSnapshot | null>;
  /** The head as it is now; the cheapest read there is. Null when the pull request is gone. */
  readonly readHead: (ref: PullRequestRef, signal: AbortSignal) => Promise<string | null>;
  readonly permissionOf: (ref: RepositoryRef, login: string, signal: AbortSignal) => Promise<Permission>;
  /** With a token of `contents: read` for this repository alone. */
  readonly gitAccess: (ref: RepositoryRef, signal: AbortSignal) => Promise<GitAccess>;

  /** Creates a PENDING review, seen by nobody until it is submitted. */
  readonly createPendingReview: (
    ref: PullRequestRef,
    review: NewReview,
    signal: AbortSignal,
  ) => Promise<CreateReviewResult>;
  readonly submitReview: (
    ref: PullRequestRef,
    review: { readonly id: number; readonly event: "COMMENT" | "REQUEST_CHANGES" },
    signal: AbortSignal,
  ) => Promise<{ readonly url: string }>;
  readonly deletePendingReview: (ref: PullRequestRef, id: number, signal: AbortSignal) => Promise<void>;
  /** Our reviews whose body holds `marker`, and a pending one of ours whatever it holds (`mine` says which). */
  readonly findReviews: (ref: PullRequestRef, marker: string, signal: AbortSignal) => Promise<readonly ReviewOnHost[]>;

  /** Creates the check run, or updates the one with `id`. `plan` null means "in progress". */
  readonly writeCheck: (
    ref: RepositoryRef,
    check: {
      readonly id: number | null;
      readonly headSha: string;
      readonly externalId: string;
      readonly plan: PlannedCheck | null;
    },
    signal: AbortSignal,
  ) => Promise<{ readonly id: number }>;
  readonly findCheck: (
    ref: RepositoryRef,
    check: { readonly headSha: string; readonly externalId: string },
    signal: AbortSignal,
  ) => Promise<{ readonly id: number } | null>;

  /** Creates a comment in the conversation, or updates the one with `id`. */
  readonly writeComment: (
    ref: PullRequestRef,
    comment: { readonly id: number | null; readonly body: string },
    signal: AbortSignal,
  ) => Promise<{ readonly id: number }>;
  /** Our comment in the conversation whose body holds `marker`. */
  readonly findComment: (
    ref: PullRequestRef,
    marker: string,
    signal: AbortSignal,
  ) => Promise<{ readonly id: number } | null>;
  /** Answers in a line thread: by GraphQL thread id, or by the REST id of one of its comments. */
  readonly replyInThread: (
    ref: PullRequestRef,
    reply: { readonly threadId: string | null; readonly commentId: number | null; readonly body: string },
    signal: AbortSignal,
  ) => Promise<{ readonly id: number }>;
  /** Our reply in any line thread whose body holds `marker`. */
  readonly findReply: (
    ref: PullRequestRef,
    marker: string,
    signal: AbortSignal,
  ) => Promise<{ readonly id: number } | null>;
  /** Any number of reactions in one batched mutation; adding one twice is no error, nor is removing one that is gone. */
  readonly react: (ref: RepositoryRef, reactions: readonly PlannedReaction[], signal: AbortSignal) => Promise<void>;
}

// ------------------------------------------------------------------------------------------------ repository

/** A file as it stands in one tree. Reading is bounded; `text` keeps its line ends. */
export type FileContent =
  | {
      readonly kind: "text";
      readonly text: string;
      readonly bytes: number;
      readonly truncated: boolean;
      readonly lossy: boolean;
    }
  | { readonly kind: "binary"; readonly bytes: number }
  | { readonly kind: "symlink"; readonly target: string }
  | { readonly kind: "submodule"; readonly commit: string }
  | { readonly kind: "missing" };

/** `head` is the change's head tree, `base` its merge base. */
export type TreeSide = "head" | "base";

export interface GrepQuery {
  readonly at: TreeSide;
  /** A POSIX extended regular expression, or plain text with `fixed`. */
  readonly pattern: string;
  readonly fixed: boolean;
  readonly ignoreCase: boolean;
  readonly globs: readonly string[];
  readonly contextLines: number;
  readonly maxMatches: number;
}

export interface GrepMatch {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface LogEntry {
  readonly sha: string;
  readonly date: string;
  readonly author: string;
  readonly subject: string;
}

interface BlameQuery {
  readonly at: TreeSide;
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

export interface BlameLine {
  readonly line: number;
  readonly sha: string;
  readonly date: string;
  readonly subject: string;
  readonly text: string;
}

/** Both trees of one change, open for reading until `close`. Symlinks and submodules are never followed. */
export interface ChangeTrees extends TreeScans {
  readonly diff: ChangeDiff;
  readonly read: (at: TreeSide, path: string, signal: AbortSignal) => Promise<FileContent>;
  /** A file of the tip of the base branch (not of the merge base): policy, guidelines, .gitattributes. */
  readonly readBaseTip: (path: string, signal: AbortSignal) => Promise<FileContent>;
  /** Paths in the tree, sorted; `truncated` when there were more than `max`. */
  readonly list: (
    query: { readonly at: TreeSide; readonly globs: readonly string[]; readonly max: number },
    signal: AbortSignal,
  ) => Promise<{ readonly paths: readonly string[]; readonly truncated: boolean }>;
  readonly grep: (
    query: GrepQuery,
    signal: AbortSignal,
  ) => Promise<{ readonly matches: readonly GrepMatch[]; readonly truncated: boolean } | { readonly invalid: string }>;
  readonly log: (
    query: { readonly path: string; readonly max: number },
    signal: AbortSignal,
  ) => Promise<readonly LogEntry[]>;
  /** 1-based inclusive lines; those beyond the end of the file are left out. */
  readonly blame: (query: BlameQuery, signal: AbortSignal) => Promise<readonly BlameLine[]>;
  /** Which of `paths` the base's .gitattributes call generated or vendored (linguist-generated, linguist-vendored). */
  readonly attributed: (
    paths: readonly string[],
    signal: AbortSignal,
  ) => Promise<ReadonlyMap<string, "generated" | "vendored">>;
  readonly kindOf: (at: TreeSide, path: string, signal: AbortSignal) => Promise<EntryKind | null>;
  readonly close: () => Promise<void>;
}

/** What to open: a pull request in a mirror. `headSha` is the request's; a head that is gone is an OperationalError. */
export interface ChangeSource {
  readonly ref: PullRequestRef;
  readonly headSha: string;
  readonly baseSha: string;
  readonly baseRef: string;
}

/** Git mirrors. */
export interface Repository {
  /** Fetches what is missing into the repository's mirror and opens both trees. */
  readonly open: (source: ChangeSource, access: GitAccess, signal: AbortSignal) => Promise<ChangeTrees>;
  /** The merge base of two commits after making sure that both are in the mirror. */
  readonly forget: (repositoryId: number) => Promise<void>;
}

// ------------------------------------------------------------------------------------------------ syntax

export interface OutlineEntry {
  readonly kind: string;
  readonly name: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly exported: boolean;
  readonly signature: string;
}

/**
 * One use of a name as code. Lines are 1-based; `startLine` to `endLine` is the whole definition, else the line itself.
 * A call also constructs, renders or decorates. `within` is the innermost definition around it, members as "Class.name".
 */
export interface NameUse {
  readonly line: number;
  readonly role: "definition" | "call" | "import" | "other";
  readonly startLine: number;
  readonly endLine: number;
  readonly within: Pick<OutlineEntry, "kind" | "name" | "startLine" | "endLine"> | null;
}

/**
 * Source code by its grammar. Null where there is no grammar, and for a text that is too long or takes the parser too
 * long: parsers run in a process of their own, because some short texts make them take minutes or all memory.
 */
export interface Syntax {
  /** The language's name by path, null where no grammar is at hand. */
  readonly languageOf: (path: string) => string | null;
  readonly outline: (path: string, text: string) => Promise<readonly OutlineEntry[] | null>;
  /**
   * Lines (1-based) on which the grammar finds an error; empty when it parses. Grammars lag behind languages: compare
   * two versions of a file instead of asking for an empty answer.
   */
  readonly parseErrors: (path: string, text: string) => Promise<readonly number[] | null>;
  /** Lines on which an identifier named `name` stands as code, not in comments or strings. */
  readonly identifierLines: (path: string, text: string, name: string) => Promise<readonly number[] | null>;
  /** What the uses of a name are, in the order of lines; a line stands once for each role. */
  readonly uses: (path: string, text: string, name: string) => Promise<readonly NameUse[] | null>;
}

// ------------------------------------------------------------------------------------------------ analyzers

/** A changed file with its head text, and which lines the change added. */
export interface AnalyzedFile {
  readonly path: string;
  readonly text: string;
  readonly baseText: string | null;
  readonly addedLines: ReadonlySet<number>;
  /** Ignored by policy: only the analyzers that say `readsIgnored` see it. */
  readonly ignored: boolean;
}

/** `unread` names the files that the analyzer accepts and did not read, with the reason in words. */
export interface AnalyzerReport {
  readonly candidates: readonly Candidate[];
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
}

/** A deterministic finder. Its candidates quote the head, stand on added lines, and carry a rule as their origin. */
export interface Analyzer {
  readonly name: string;
  readonly readsIgnored: boolean;
  readonly accepts: (path: string) => boolean;
  readonly analyze: (files: readonly AnalyzedFile[], signal: AbortSignal) => Promise<AnalyzerReport>;
}
