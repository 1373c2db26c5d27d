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
