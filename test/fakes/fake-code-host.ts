import type { SaidThread } from "../../src/core/evidence.ts";
import { readMarkers } from "../../src/core/marker.ts";
import type { PlannedCheck, PlannedComment, PlannedReaction } from "../../src/core/plan.ts";
import type { OwnComment, Permission, PullRequestRef, PullRequestSnapshot } from "../../src/core/pull-request.ts";
import { CodeHostError } from "../../src/review/errors.ts";
import type { CodeHost, ReviewOnHost } from "../../src/review/ports.ts";
import { somePullRequest } from "./pull-request.ts";

interface FakeReview {
  readonly id: number;
  readonly headSha: string;
  readonly body: string;
  readonly comments: readonly PlannedComment[];
  readonly event: "PENDING" | "COMMENT" | "REQUEST_CHANGES";
}

interface FakeCheck {
  readonly id: number;
  readonly headSha: string;
  readonly externalId: string;
  readonly plan: PlannedCheck | null;
}

interface FakeReply {
  readonly id: number;
  readonly threadId: string;
  readonly body: string;
}

/** What stands on the fake host; tests read it and set it as they like. */
interface FakeHostState {
  /** Null: the pull request, or the access to it, is gone. */
  pullRequest: PullRequestSnapshot | null;
  permissions: ReadonlyMap<string, Permission>;
  /** Whether a line takes a comment. */
  acceptsLine: (comment: PlannedComment) => boolean;
  reviews: readonly FakeReview[];
  checks: readonly FakeCheck[];
  replies: readonly FakeReply[];
  reactions: readonly Omit<PlannedReaction, "action">[];
  lastId: number;
  /** Every call in order, also the failed ones. */
  readonly calls: (keyof CodeHost)[];
}

/** "lost_before" and "lost_after" both look like an unknown outcome; only in the second the call took effect. */
type FakeFailure = "not_sent" | "refused" | "lost_before" | "lost_after";

export interface FakeCodeHost extends CodeHost {
  readonly state: FakeHostState;
  /** The next call of `method` fails so; several wait in line. */
  readonly failNext: (method: keyof CodeHost, failure: FakeFailure) => void;
  readonly moveHead: (sha: string) => void;
}

/** GitHub in memory: one pull request, and the rules of writing that the application has to live with. */
export const createFakeCodeHost = (pullRequest: PullRequestSnapshot = somePullRequest()): FakeCodeHost => {
  const state: FakeHostState = {
    pullRequest,
    permissions: new Map(),
    acceptsLine: () => true,
    reviews: [],
    checks: [],
    replies: [],
    reactions: [],
    lastId: 1000,
    calls: [],
  };
  const failures: { readonly method: keyof CodeHost; readonly failure: FakeFailure }[] = [];
  const carryOut = async <T>(method: keyof CodeHost, signal: AbortSignal, effect: () => T): Promise<T> => {
    signal.throwIfAborted();
    state.calls.push(method);
    const at = failures.findIndex((waiting) => waiting.method === method);
    const failure = at === -1 ? null : (failures.splice(at, 1)[0]?.failure ?? null);
    if (failure === null) return effect();
    if (failure === "lost_after") effect();
    throw failed(method, failure);
  };
  return {
    state,
    failNext: (method, failure) => void failures.push({ method, failure }),
    moveHead: (headSha) => {
      state.pullRequest = { ...openPullRequest(state), headSha };
    },
    ...readingCalls(state, carryOut),
    ...reviewCalls(state, carryOut),
    ...otherCalls(state, carryOut),
  };
};

type CarryOut = <T>(method: keyof CodeHost, signal: AbortSignal, effect: () => T) => Promise<T>;

const readingCalls = (state: FakeHostState, carryOut: CarryOut) =>
  ({
    readPullRequest: (ref, signal) => carryOut("readPullRequest", signal, () => standing(state, ref)),
    readHead: (ref, signal) => carryOut("readHead", signal, () => standing(state, ref)?.headSha ?? null),
    permissionOf: (_ref, login, signal) =>
      carryOut("permissionOf", signal, () => state.permissions.get(login) ?? "none"),
    gitAccess: (ref, signal) =>
      carryOut("gitAccess", signal, () => ({
        url: `https://github.example/${ref.owner}/${ref.name}.git`,
        authorization: "Basic eC1hY2Nlc3MtdG9rZW46ZmFrZQ==",
      })),
  }) satisfies Partial<CodeHost>;

const reviewCalls = (state: FakeHostState, carryOut: CarryOut) =>
  ({
    createPendingReview: (_ref, review, signal) =>
      carryOut("createPendingReview", signal, () => {
        if (pendingReview(state) !== undefined)
          return {
            created: false,
            refused: "pending_exists",
            message: "User can only have one pending review",
          } as const;
        if (!review.comments.every(state.acceptsLine))
          return { created: false, refused: "line", message: "line must be part of the diff" } as const;
        const id = nextId(state);
        state.reviews = [...state.reviews, { ...review, id, event: "PENDING" }];
        return { created: true, id } as const;
      }),
    submitReview: (_ref, { id, event }, signal) =>
      carryOut("submitReview", signal, () => {
        const pending = pendingReview(state);
        if (pending?.id !== id) throw refused(422, `review ${id} is not pending`);
        state.reviews = state.reviews.map((review) => (review.id === id ? { ...review, event } : review));
        showThreads(state, pending);
        return { url: reviewUrl(state, id) };
      }),
    deletePendingReview: (_ref, id, signal) =>
      carryOut("deletePendingReview", signal, () => {
        if (state.reviews.some((review) => review.id === id && review.event !== "PENDING"))
          throw refused(422, `review ${id} is not pending`);
        state.reviews = state.reviews.filter((review) => review.id !== id);
      }),
    findReviews: (_ref, marker, signal) =>
      carryOut("findReviews", signal, () =>
        state.reviews.flatMap((review): readonly ReviewOnHost[] => {
          const mine = review.body.includes(marker);
          if (review.event === "PENDING") return [{ state: "pending", id: review.id, mine }];
          return mine ? [{ state: "submitted", id: review.id, url: reviewUrl(state, review.id) }] : [];
        }),
      ),
  }) satisfies Partial<CodeHost>;

const otherCalls = (state: FakeHostState, carryOut: CarryOut) =>
  ({
    writeCheck: (_ref, { id, ...check }, signal) =>
      carryOut("writeCheck", signal, () => {
        if (id !== null && !state.checks.some((known) => known.id === id)) throw refused(404, `no check run ${id}`);
        const written = { ...check, id: id ?? nextId(state) };
        state.checks = [...state.checks.filter((known) => known.id !== id), written];
        return { id: written.id };
      }),
    findCheck: (_ref, { headSha, externalId }, signal) =>
      carryOut("findCheck", signal, () =>
        found(state.checks.find((check) => check.headSha === headSha && check.externalId === externalId)),
      ),
    writeComment: (_ref, { id, body }, signal) =>
      carryOut("writeComment", signal, () => {
        const comments = openPullRequest(state).ownComments;
        if (id !== null && !comments.some((known) => known.id === id)) throw refused(404, `no comment ${id}`);
        const number = id ?? nextId(state);
        const written: OwnComment = { id: number, nodeId: `IC_${number}`, body };
        const others = comments.filter((known) => known.id !== id);
        state.pullRequest = { ...openPullRequest(state), ownComments: [...others, written] };
        return { id: written.id };
      }),
    findComment: (_ref, marker, signal) =>
      carryOut("findComment", signal, () =>
        found(state.pullRequest?.ownComments.findLast((comment) => comment.body.includes(marker))),
      ),
    replyInThread: (_ref, { threadId, commentId, body }, signal) =>
      carryOut("replyInThread", signal, () => {
        if (pendingReview(state) !== undefined) throw refused(422, "User can only have one pending review");
        const id = nextId(state);
        state.replies = [...state.replies, { id, threadId: threadId ?? `of comment ${commentId}`, body }];
        return { id };
      }),
    findReply: (_ref, marker, signal) =>
      carryOut("findReply", signal, () => found(state.replies.findLast((reply) => reply.body.includes(marker)))),
    react: (_ref, reactions, signal) =>
      carryOut("react", signal, () => {
        for (const { action, subjectId, content } of reactions) {
          const others = state.reactions.filter((each) => each.subjectId !== subjectId || each.content !== content);
          state.reactions = action === "add" ? [...others, { subjectId, content }] : others;
        }
      }),
  }) satisfies Partial<CodeHost>;

const standing = ({ pullRequest }: FakeHostState, ref: PullRequestRef): PullRequestSnapshot | null =>
  pullRequest?.ref.repositoryId === ref.repositoryId && pullRequest.ref.number === ref.number ? pullRequest : null;

const found = (thing: { readonly id: number } | undefined) => (thing === undefined ? null : { id: thing.id });

const pendingReview = (state: FakeHostState) => state.reviews.find((review) => review.event === "PENDING");

/** A submitted review's comments stand on the pull request as threads of our own. */
const showThreads = (state: FakeHostState, review: FakeReview): void => {
  const pullRequest = openPullRequest(state);
  const threads = review.comments.map(({ anchor, body }, at): SaidThread => {
    const threadId = `PRRT_${review.id}_${at}`;
    const url = `${pullRequest.url}#discussion_${threadId}`;
    const { fingerprints } = readMarkers(body);
    return { ...anchor, threadId, isResolved: false, author: "self", body, fingerprints, ownFinding: body, url };
  });
  state.pullRequest = { ...pullRequest, threads: [...pullRequest.threads, ...threads] };
};

const openPullRequest = (state: FakeHostState): PullRequestSnapshot => {
  if (state.pullRequest === null) throw refused(404, "Not Found");
  return state.pullRequest;
};

const reviewUrl = (state: FakeHostState, id: number): string => `${openPullRequest(state).url}#pullrequestreview-${id}`;

const nextId = (state: FakeHostState): number => {
  state.lastId += 1;
  return state.lastId;
};

const refused = (status: number, message: string): CodeHostError =>
  new CodeHostError(`fake GitHub: ${status} ${message}`, { status, outcome: "refused", retryable: false });

const failed = (method: string, failure: FakeFailure): CodeHostError => {
  if (failure === "refused") return refused(403, `${method} refused`);
  const outcome = failure === "not_sent" ? "not_sent" : "unknown";
  return new CodeHostError(`fake GitHub: ${method} ${failure}`, { outcome, retryable: true });
};
