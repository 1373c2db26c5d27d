import { DatabaseSync } from "node:sqlite";
import type { Clock } from "../review/ports.ts";

export type LockMode = "shared" | "exclusive";

/** A held lock. The kernel releases it as well when the process dies. */
export interface FileLock {
  readonly release: () => void;
}

/** SQLITE_BUSY: https://www.sqlite.org/rescode.html#busy */
const busy = 5;

/**
 * Takes a lock on a file between all processes and all callers of this one; null when others hold it in the way.
 * Node has no file locks of its own and lock files outlive a killed owner, so this is the lock of an empty SQLite
 * database: a reader's lock is shared, a writer's exclusive. The file is never deleted, as a waiting process may have
 * it open.
 */
export const tryLock = (file: string, mode: LockMode): FileLock | null => {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec(mode === "exclusive" ? "BEGIN EXCLUSIVE" : "BEGIN; SELECT count(*) FROM sqlite_schema");
  } catch (error) {
    database.close();
    if (error instanceof Error && "errcode" in error && error.errcode === busy) return null;
    throw error;
  }
  return { release: () => database.close() };
};

const pollMs = 20;

export interface LockWish {
  readonly file: string;
  readonly mode: LockMode;
  readonly clock: Clock;
}

/** Waits until the lock is free. */
export const waitForLock = async ({ file, mode, clock }: LockWish, signal: AbortSignal): Promise<FileLock> => {
  for (;;) {
    signal.throwIfAborted();
    const lock = tryLock(file, mode);
    if (lock !== null) return lock;
    await clock.sleep(pollMs, signal);
  }
};
