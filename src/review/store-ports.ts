import type { Judged } from "../core/evidence.ts";
import type { PullRequestRef } from "../core/pull-request.ts";
import type { ReviewRequest } from "../core/request.ts";
import type { RunEnding } from "../core/run.ts";

/** Ports of state: the store and the queue share one SQL connection and nothing else. */

/** A SQL connection, inside a transaction or not: the one thing that store and queue share. */
export interface SqlConnection {
  readonly executeSql: (text: string, values?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;
}

export interface Delivery {
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  /** The raw body, exactly as signed. */
  readonly payload: string;
  readonly receivedAt: Date;
}

/** What the transaction of one delivery writes beside its row. */
export interface WantedInput {
  readonly pullRequest: PullRequestRef;
  readonly request: ReviewRequest;
}

export interface DeliveryStore {
  readonly transaction: <T>(work: (connection: SqlConnection) => Promise<T>) => Promise<T>;
  /** False when the GUID is known; then nothing was written. */
  readonly insertDelivery: (delivery: Delivery, connection: SqlConnection) => Promise<boolean>;
  readonly insertWanted: (wanted: WantedInput, connection: SqlConnection) => Promise<void>;
  readonly readDelivery: (guid: string) => Promise<Delivery | null>;
  readonly markHandled: (guid: string) => Promise<void>;
}

/** The table of what is wanted: pull request → unanswered requests. */
export interface WantedStore {
  readonly unanswered: (ref: PullRequestRef) => Promise<readonly ReviewRequest[]>;
  readonly answer: (
    requestIds: readonly string[],
    answer: { readonly runId: string | null; readonly note: string },
  ) => Promise<void>;
}

export type LeaseResult = { readonly taken: true } | { readonly taken: false };

/** One active run per pull request. The owner is the queue's job id, so a redelivered job takes its own lease again. */
export interface LeaseStore {
  readonly acquire: (ref: PullRequestRef, owner: string) => Promise<LeaseResult>;
  /** Throws an OperationalError when another owner has taken the lease. */
  readonly renew: (ref: PullRequestRef, owner: string) => Promise<void>;
  /**
   * Releases only when nothing is wanted; false when there is, and then the lease is still held. True as well when the
   * lease was lost: whoever took it goes on.
   */
  readonly releaseIfIdle: (ref: PullRequestRef, owner: string) => Promise<boolean>;
  readonly release: (ref: PullRequestRef, owner: string) => Promise<void>;
}

export type RunState = "active" | "reviewed" | "skipped" | "failed" | "superseded";

export interface RunRecord {
  readonly id: string;
  readonly pullRequest: PullRequestRef;
  readonly headSha: string;
  readonly mergeBase: string | null;
  readonly requestIds: readonly string[];
  /** Whose pull request it is; null where that could not be read. */
  readonly author: string | null;
  readonly state: RunState;
  readonly startedAt: Date;
}

export type LedgerState = "planned" | "sent" | "confirmed" | "unknown";

/** One write of a plan. `key` names it within the run: "check", "review", "note:summary", "reply:<fingerprint>". */
export interface LedgerRow {
  readonly key: string;
  readonly state: LedgerState;
  readonly remoteId: string | null;
}

export interface RunStore {
  readonly start: (run: Omit<RunRecord, "state" | "mergeBase">) => Promise<void>;
  /** The run that a lost worker left active on this head, so that its journal and ledger are used again. */
  readonly findActive: (ref: PullRequestRef) => Promise<RunRecord | null>;
  /**
   * Ends a run and, in the same transaction, answers the requests that it was for: a crash leaves both or neither, so
   * no command is carried out twice. Without `answered` its requests stay open, for another run.
   */
  readonly finish: (
    runId: string,
    ending: RunEnding,
    answered?: { readonly requestIds: readonly string[]; readonly note: string },
  ) => Promise<void>;
  /** Heads of this pull request that a run has reviewed, newest first, with the merge base each was reviewed against. */
  readonly reviewedHeads: (
    ref: PullRequestRef,
  ) => Promise<readonly { readonly headSha: string; readonly mergeBase: string; readonly runId: string }[]>;
  /** Every run on a commit of this repository, newest first, whichever pull request it was for. */
  readonly ofHead: (repositoryId: number, headSha: string) => Promise<readonly RunRecord[]>;
  /** How many other runs since `since` read pull requests of this author; skipped ones read nothing. */
  readonly countByAuthor: (
    author: string,
    scope: { readonly since: Date; readonly besides: string },
  ) => Promise<number>;
  /** A stage's result as JSON; written before the next stage starts. */
  readonly writeStage: (runId: string, stage: string, result: unknown) => Promise<void>;
  readonly readStage: (runId: string, stage: string) => Promise<unknown>;
  readonly writeCandidates: (runId: string, judged: readonly Judged[]) => Promise<void>;
  readonly ledger: (runId: string) => Promise<readonly LedgerRow[]>;
  readonly writeLedger: (runId: string, row: LedgerRow) => Promise<void>;
  /** Money of all journaled model calls since `since`, for daily budgets; `unknown` when one of them has no known price. */
  readonly spentSince: (
    scope: { readonly repositoryId: number } | { readonly installationId: number },
    since: Date,
  ) => Promise<{ readonly usd: number; readonly unknown: boolean }>;
  /**
   * Who says a sentence that stands once on a pull request: true for the speaker who asks first, however often it asks
   * (its job may be tried again), and for nobody else.
   */
  readonly sayOnce: (
    ref: PullRequestRef,
    sentence: { readonly key: string; readonly speaker: string },
  ) => Promise<boolean>;
  readonly forgetRepository: (repositoryId: number) => Promise<void>;
}

export type Job =
  | { readonly kind: "delivery"; readonly guid: string }
  | { readonly kind: "pull_request"; readonly pullRequest: PullRequestRef };

export interface JobContext {
  readonly jobId: string;
  /** Counts from 0. */
  readonly attempt: number;
  readonly lastAttempt: boolean;
  readonly signal: AbortSignal;
}

/** The queue says only "look at this delivery" or "look at pull request N". */
export interface Queue {
  /** Written by the given transaction; nothing is sent when that rolls back. */
  readonly send: (job: Job, connection: SqlConnection) => Promise<void>;
  /** Starts taking jobs. A handler that throws is retried with back-off; after the last attempt it is dead-lettered. */
  readonly work: (handle: (job: Job, context: JobContext) => Promise<void>) => Promise<void>;
  /** Stops taking jobs, waits `graceMs` for the running ones, then aborts their signals and hands them back. */
  readonly stop: (graceMs: number) => Promise<void>;
}
