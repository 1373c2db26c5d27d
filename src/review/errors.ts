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
