import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../config/env.ts";
import { OperationalError } from "../../review/errors.ts";
import type { DatabaseLocation } from "../../store/database.ts";
import { lockFolder } from "../../store/folder-lock.ts";
import { inspectDatabase } from "../../store/inspect-database.ts";
import type { Check } from "./check.ts";

const topic = "store";

/** Looks at the database that `serve` would use; writes nothing, and leaves one alone that a running server holds. */
export const checkStore = async (environment: Environment): Promise<Check> => {
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = environment;
  if (databaseUrl !== undefined)
    return inspect("PostgreSQL", { databaseUrl, onConnectionLost: () => undefined }, "check DATABASE_URL");
  const folder = join(dataDir, "store");
  if (!existsSync(folder)) return { result: "ok", topic, said: `embedded; ${folder} is made at the first start` };
  const inUse = heldBy(folder);
  if (inUse !== null) return { result: "ok", topic, said: inUse };
  return inspect(`embedded, in ${folder}`, { dataDir: folder }, `check the folder ${folder}, or set another DATA_DIR`);
};

/** The sentence that names the process that holds the folder; null where nobody does. */
const heldBy = (folder: string): string | null => {
  try {
    lockFolder(folder).release();
    return null;
  } catch (error) {
    if (!(error instanceof OperationalError)) throw error;
    return error.message.replace(/: stop .*/, "");
  }
};

const inspect = async (name: string, location: DatabaseLocation, mend: string): Promise<Check> => {
  try {
    const { pending } = await inspectDatabase(location);
    const said = pending.length === 0 ? "its tables are up to date" : `the next start runs ${pending.join(", ")}`;
    return { result: "ok", topic, said: `${name}; ${said}` };
  } catch (error) {
    if (!(error instanceof OperationalError)) throw error;
    return { result: "failed", topic, said: error.message, mend };
  }
};
