import { CarrierError } from "./client.ts";

export interface RetryOptions {
  attempts: number;
  delayMs: number;
}

const isTemporary = (error: unknown) => error instanceof CarrierError && error.status >= 500;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Calls `work` again while it fails with a temporary error; throws the last error when the attempts are used up. */
export async function retry<T>(work: () => Promise<T>, { attempts, delayMs }: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return work();
    } catch (error) {
      if (attempt >= attempts || !isTemporary(error)) throw error;
      await wait(delayMs * 2 ** (attempt - 1));
    }
  }
}
