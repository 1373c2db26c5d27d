import { z } from "zod";
import type { PullRequestRef } from "../../src/core/pull-request.ts";
import type { ReviewRequest } from "../../src/core/request.ts";
import type { RunEnding } from "../../src/core/run.ts";
import type { Judged } from "../../src/core/evidence.ts";
import { OperationalError } from "../../src/review/errors.ts";
import type { Journal, JournalEntry } from "../../src/review/model-ports.ts";
import type {
  Delivery,
  DeliveryStore,
  LeaseStore,
  LedgerRow,
  RunRecord,
  RunStore,
  WantedStore,
} from "../../src/review/store-ports.ts";
import { createFakeTransactions, onRollback } from "./fake-transaction.ts";

interface FakeRequest {
  readonly pullRequest: PullRequestRef;
  readonly request: ReviewRequest;
  answer: { readonly runId: string | null; readonly note: string } | null;
}

interface FakeRun {
  record: RunRecord;
  outcome: RunEnding | null;
  readonly stages: Map<string, string>;
  candidates: readonly Judged[];
  readonly ledger: Map<string, LedgerRow>;
}

/** What stands in the fake store; tests read it. */
interface FakeStoreState {
  /** A forgotten delivery is null: its GUID is known, its payload is gone. */
  readonly deliveries: Map<string, { readonly delivery: Delivery | null; handled: boolean }>;
  readonly requests: Map<string, FakeRequest>;
  readonly leases: Map<string, { readonly owner: string; readonly expiresAt: number }>;
  readonly runs: Map<string, FakeRun>;
  readonly journal: Map<string, { readonly runId: string; readonly entry: JournalEntry }>;
  readonly spent: { readonly ref: PullRequestRef; readonly at: Date; readonly usd: number | null }[];
  readonly said: Map<string, string>;
}

/** All stores over one state in memory. */
export interface FakeStore {
  readonly state: FakeStoreState;
  readonly deliveries: DeliveryStore;
  readonly wanted: WantedStore;
  readonly leases: LeaseStore;
  readonly runs: RunStore;
  readonly journal: Journal;
}

const keyOf = (ref: PullRequestRef): string => `${ref.repositoryId}#${ref.number}`;
const samePullRequest = (a: PullRequestRef, b: PullRequestRef): boolean => keyOf(a) === keyOf(b);

const payloadSchema = z.looseObject({ repository: z.looseObject({ id: z.int() }).optional() });

const repositoryIdIn = (payload: string): number | null =>
  payloadSchema.parse(JSON.parse(payload)).repository?.id ?? null;

const createDeliveries = (state: FakeStoreState): DeliveryStore => ({
  transaction: createFakeTransactions(),
  insertDelivery: async (delivery, connection) => {
    if (state.deliveries.has(delivery.guid)) return false;
    state.deliveries.set(delivery.guid, { delivery, handled: false });
    onRollback(connection, () => state.deliveries.delete(delivery.guid));
    return true;
  },
  insertWanted: async ({ pullRequest, request }, connection) => {
    if (state.requests.has(request.id)) return;
    state.requests.set(request.id, { pullRequest, request, answer: null });
    onRollback(connection, () => state.requests.delete(request.id));
  },
  readDelivery: async (guid) => state.deliveries.get(guid)?.delivery ?? null,
  markHandled: async (guid) => {
    const row = state.deliveries.get(guid);
    if (row !== undefined) row.handled = true;
  },
});

const openRequests = (state: FakeStoreState, ref: PullRequestRef): readonly FakeRequest[] =>
  [...state.requests.values()].filter((row) => row.answer === null && samePullRequest(row.pullRequest, ref));

const unanswered = (state: FakeStoreState, ref: PullRequestRef): readonly ReviewRequest[] =>
  openRequests(state, ref)
    .map((row) => row.request)
    .toSorted((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());

const answer = (state: FakeStoreState, requestIds: readonly string[], given: FakeRequest["answer"]): void => {
  for (const id of requestIds) {
    const row = state.requests.get(id);
    if (row !== undefined && row.answer === null) row.answer = given;
  }
};

const createWanted = (state: FakeStoreState): WantedStore => ({
  unanswered: async (ref) => unanswered(state, ref),
  answer: async (requestIds, given) => answer(state, requestIds, given),
});

const createLeases = (state: FakeStoreState, now: () => Date, leaseMs: number): LeaseStore => {
  const holds = (ref: PullRequestRef, owner: string): boolean => state.leases.get(keyOf(ref))?.owner === owner;
  const take = (ref: PullRequestRef, owner: string): void => {
    state.leases.set(keyOf(ref), { owner, expiresAt: now().getTime() + leaseMs });
  };
  return {
    acquire: async (ref, owner) => {
      const held = state.leases.get(keyOf(ref));
      if (held !== undefined && held.owner !== owner && held.expiresAt > now().getTime()) return { taken: false };
      take(ref, owner);
      return { taken: true };
    },
    renew: async (ref, owner) => {
      if (!holds(ref, owner)) throw new OperationalError(`the lease on ${keyOf(ref)} was lost`, { retryable: true });
      take(ref, owner);
    },
    releaseIfIdle: async (ref, owner) => {
      if (!holds(ref, owner)) return true;
      if (unanswered(state, ref).length > 0) return false;
      state.leases.delete(keyOf(ref));
      return true;
    },
    release: async (ref, owner) => {
      if (holds(ref, owner)) state.leases.delete(keyOf(ref));
    },
  };
};

const runOf = (state: FakeStoreState, runId: string): FakeRun => {
  const run = state.runs.get(runId);
  if (run === undefined) throw new Error(`no run ${runId}`);
  return run;
};

const newestFirst = (state: FakeStoreState, ref: PullRequestRef): readonly FakeRun[] =>
  [...state.runs.values()]
    .filter((run) => samePullRequest(run.record.pullRequest, ref))
    .toSorted((a, b) => b.record.startedAt.getTime() - a.record.startedAt.getTime());

const forgetRepository = (state: FakeStoreState, repositoryId: number): void => {
  for (const [id, run] of state.runs) {
    if (run.record.pullRequest.repositoryId !== repositoryId) continue;
    state.runs.delete(id);
    for (const [key, row] of state.journal) if (row.runId === id) state.journal.delete(key);
  }
  for (const [id, row] of state.requests) {
    if (row.pullRequest.repositoryId === repositoryId) state.requests.delete(id);
  }
  for (const [guid, row] of state.deliveries) {
    if (row.delivery === null || repositoryIdIn(row.delivery.payload) !== repositoryId) continue;
    state.deliveries.set(guid, { delivery: null, handled: row.handled });
  }
  for (const key of state.said.keys()) if (key.startsWith(`${repositoryId}#`)) state.said.delete(key);
  for (const key of state.leases.keys()) if (key.startsWith(`${repositoryId}#`)) state.leases.delete(key);
};

const finish = (run: FakeRun, outcome: RunEnding): void => {
  run.outcome = outcome;
  const mergeBase = outcome.kind === "reviewed" ? outcome.mergeBase : run.record.mergeBase;
  run.record = { ...run.record, state: outcome.kind, mergeBase };
};

const createRuns = (state: FakeStoreState): RunStore => ({
  start: async (run) => {
    if (state.runs.has(run.id)) throw new Error(`run ${run.id} was started before`);
    const record: RunRecord = { ...run, state: "active", mergeBase: null };
    state.runs.set(run.id, { record, outcome: null, stages: new Map(), candidates: [], ledger: new Map() });
  },
  findActive: async (ref) => newestFirst(state, ref).find((run) => run.record.state === "active")?.record ?? null,
  finish: async (runId, outcome, answered) => {
    finish(runOf(state, runId), outcome);
    answer(state, answered?.requestIds ?? [], { runId, note: answered?.note ?? "" });
  },
  reviewedHeads: async (ref) =>
    newestFirst(state, ref).flatMap(({ record: { id, state: ended, headSha, mergeBase } }) =>
      ended === "reviewed" && mergeBase !== null ? [{ headSha, mergeBase, runId: id }] : [],
    ),
  // Through JSON, as in a database: what does not survive that must not pass here either.
  writeStage: async (runId, stage, result) => {
    runOf(state, runId).stages.set(stage, JSON.stringify(result ?? null));
  },
  readStage: async (runId, stage) => JSON.parse(state.runs.get(runId)?.stages.get(stage) ?? "null"),
  writeCandidates: async (runId, judged) => {
    runOf(state, runId).candidates = judged;
  },
  ledger: async (runId) => [...(state.runs.get(runId)?.ledger.values() ?? [])],
  writeLedger: async (runId, row) => {
    runOf(state, runId).ledger.set(row.key, row);
  },
  spentSince: async (scope, since) => {
    const spent = state.spent.filter(
      ({ ref, at }) =>
        at >= since &&
        ("repositoryId" in scope
          ? ref.repositoryId === scope.repositoryId
          : ref.installationId === scope.installationId),
    );
    const usd = spent.reduce((sum, row) => sum + (row.usd ?? 0), 0);
    return { usd, unknown: spent.some((row) => row.usd === null) };
  },
  ofHead: async (repositoryId, headSha) =>
    [...state.runs.values()]
      .map(({ record }) => record)
      .filter((run) => run.pullRequest.repositoryId === repositoryId && run.headSha === headSha)
      .toSorted((a, b) => b.startedAt.getTime() - a.startedAt.getTime()),
  countByAuthor: async (author, { since, besides }) =>
    [...state.runs.values()].filter(
      ({ record: run }) =>
        run.author === author && run.startedAt >= since && run.state !== "skipped" && run.id !== besides,
    ).length,
  sayOnce: async (ref, { key, speaker }) => {
    const sentence = `${keyOf(ref)} ${key}`;
    if (!state.said.has(sentence)) state.said.set(sentence, speaker);
    return state.said.get(sentence) === speaker;
  },
  forgetRepository: async (repositoryId) => forgetRepository(state, repositoryId),
});

const journalKey = (runId: string, at: { stage: string; conversation: string; turn: number }): string =>
  JSON.stringify([runId, at.stage, at.conversation, at.turn]);

const createJournal = (state: FakeStoreState, now: () => Date): Journal => {
  return {
    find: async (runId, at) => state.journal.get(journalKey(runId, at))?.entry ?? null,
    append: async (runId, entry) => {
      const { pullRequest } = runOf(state, runId).record;
      state.journal.set(journalKey(runId, entry), { runId, entry });
      state.spent.push({ ref: pullRequest, at: now(), usd: entry.answer.usage.usd });
    },
  };
};

/** Every store of the application in memory, over one state, with the promises of the real ones. */
export const createFakeStore = (options: { readonly now?: () => Date; readonly leaseMs?: number } = {}): FakeStore => {
  const { now = () => new Date(), leaseMs = 60_000 } = options;
  const state: FakeStoreState = {
    deliveries: new Map(),
    requests: new Map(),
    leases: new Map(),
    runs: new Map(),
    journal: new Map(),
    spent: [],
    said: new Map(),
  };
  return {
    state,
    deliveries: createDeliveries(state),
    wanted: createWanted(state),
    leases: createLeases(state, now, leaseMs),
    runs: createRuns(state),
    journal: createJournal(state, now),
  };
};
