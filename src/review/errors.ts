/** An operational failure: something outside the program did not work. `retryable` says whether trying again may help. */
export class OperationalError extends Error {
  override readonly name: string = "OperationalError";
  readonly retryable: boolean;
  /** Earliest useful next try, milliseconds from now, where the other side named one. */
  readonly retryAfterMs: number | null;
  constructor(message: string, options: { cause?: unknown; retryable: boolean; retryAfterMs?: number | null }) {
    super(message, { cause: options.cause });
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/** The head moved away from the one that this run reads; its request goes over to the new head. */
export class SupersededError extends Error {
  override readonly name = "SupersededError";
  readonly headSha: string;
  constructor(headSha: string) {
    super(`the pull request moved on to ${headSha}`);
    this.headSha = headSha;
  }
}

/** Nobody wants the run any more: the pull request was closed or made a draft. */
export class RunCancelledError extends Error {
  override readonly name = "RunCancelledError";
  constructor() {
    super("the pull request was closed or made a draft");
  }
}

/**
 * The code host did not do what it was asked. `outcome` says what became of the request, for the ledger of writes:
 *
 * - "not_sent": it never left, so nothing happened;
 * - "refused": the host answered that it did nothing (4xx);
 * - "unknown": no usable answer came (5xx, reset, time-out, cut off), so a write may have taken effect.
 */
export class CodeHostError extends OperationalError {
  override readonly name = "CodeHostError";
  readonly outcome: "not_sent" | "refused" | "unknown";
  /** HTTP status of the answer; null where none came or where GraphQL refused inside a 200. */
  readonly status: number | null;
  /** The app was uninstalled or suspended, or lost the repository: work for it is to be dropped quietly. */
  readonly accessGone: boolean;
  constructor(
    message: string,
    options: {
      cause?: unknown;
      retryable: boolean;
      retryAfterMs?: number | null;
      outcome: CodeHostError["outcome"];
      status?: number | null;
      accessGone?: boolean;
    },
  ) {
    super(message, options);
    this.outcome = options.outcome;
    this.status = options.status ?? null;
    this.accessGone = options.accessGone ?? false;
  }
}

/**
 * Why a model gave no answer. `auth`: the key is wrong or may not use the model (401, 403); `request`: the server
 * refuses the request itself (400, 404, 413 …); `quota`: the account has no money left; `unavailable`: 429, 5xx,
 * time-outs, a lost connection or an unreadable answer, after all tries; `replay`: a recording does not hold this
 * request.
 */
export type ModelFailure = "auth" | "request" | "quota" | "unavailable" | "replay";

/** The model gave no answer. Only `unavailable` is worth another try later. */
export class ModelError extends OperationalError {
  override readonly name = "ModelError";
  readonly kind: ModelFailure;
  constructor(kind: ModelFailure, message: string, options: { cause?: unknown; retryAfterMs?: number | null } = {}) {
    super(message, { ...options, retryable: kind === "unavailable" });
    this.kind = kind;
  }
}
