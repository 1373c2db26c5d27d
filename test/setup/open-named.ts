import { type Database, openDatabase } from "../../src/store/database.ts";

/** Opens the database that the parent process named: a PostgreSQL URL, or a data folder. */
export const openNamed = (where: string | undefined): Promise<Database> => {
  if (where === undefined) throw new Error("name a database URL or a data folder");
  return where.startsWith("postgres://")
    ? openDatabase({ databaseUrl: where, onConnectionLost: () => undefined })
    : openDatabase({ dataDir: where });
};
