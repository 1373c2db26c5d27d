import { openPglite } from "./open-pglite.ts";
import { openPostgres } from "./open-postgres.ts";
import type { DatabaseLocation } from "./database.ts";
import { pendingMigrations } from "./migrate.ts";

/**
 * The migrations that the next start would run, without running them. Throws an OperationalError when the database
 * cannot be reached or belongs to a newer program, as `openDatabase` does.
 */
export const inspectDatabase = async (location: DatabaseLocation): Promise<{ readonly pending: readonly string[] }> => {
  const opened = "databaseUrl" in location ? openPostgres(location) : await openPglite(location);
  try {
    return { pending: await pendingMigrations(opened.sql) };
  } catch (error) {
    throw opened.translate(error);
  } finally {
    await opened.close();
  }
};
