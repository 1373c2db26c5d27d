import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { OperationalError } from "../review/errors.ts";

export interface FolderLock {
  readonly release: () => void;
}

/** SQLITE_BUSY: another process holds a lock on the file (https://sqlite.org/rescode.html#busy). */
const busy = z.looseObject({ errcode: z.literal(5) });

/**
 * Takes a folder for this process alone, or throws an OperationalError that names the folder and the holder's pid.
 *
 * The lock is the operating system's lock on a file, taken through SQLite, which Node carries: it ends with its process
 * however that dies, so none is ever stale and no pid is ever compared. The pid stands beside it for the message only.
 */
export const lockFolder = (folder: string): FolderLock => {
  mkdirSync(folder, { recursive: true });
  const holder = join(folder, "holder.pid");
  const file = new DatabaseSync(join(folder, "holder.lock"), { timeout: 0 });
  try {
    file.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    file.close();
    throw busy.safeParse(error).success ? inUse(folder, holder) : error;
  }
  writeFileSync(holder, `${process.pid}\n`);
  return {
    release: () => {
      rmSync(holder, { force: true });
      file.close();
    },
  };
};

const inUse = (folder: string, holder: string): OperationalError =>
  new OperationalError(
    `The data folder ${folder} is in use by process ${readPid(holder)}: stop that process, or give this one another DATA_DIR.`,
    { retryable: false },
  );

const noFile = z.looseObject({ code: z.literal("ENOENT") });

/** The holder writes its pid just after it has taken the lock, so for a moment there may be none. */
const readPid = (holder: string): string => {
  try {
    return readFileSync(holder, "utf8").trim();
  } catch (error) {
    if (noFile.safeParse(error).success) return "(just started)";
    throw error;
  }
};
