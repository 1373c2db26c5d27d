import { AsyncLocalStorage } from "node:async_hooks";
import { CompiledQuery, type Kysely } from "kysely";
import type { SqlConnection } from "../review/store-ports.ts";
import type { Engine, OpenEngine } from "./engine.ts";
import { migrate } from "./migrate.ts";
import { openPglite } from "./open-pglite.ts";
import { openPostgres } from "./open-postgres.ts";
import type { Tables } from "./tables.ts";

/** One database, PostgreSQL or embedded, behind one interface. */
export interface Database {
  readonly engine: Engine;
  /** Builds statements; they run on `connection` or on a transaction's own connection. */
  readonly sql: Kysely<Tables>;
  /** Each statement by itself. Using it while a transaction of the same call is open is a bug and throws. */
  readonly connection: SqlConnection;
  /** Commits when `work` resolves, rolls back and rethrows when it rejects. Transactions do not nest. */
  readonly transaction: <T>(work: (connection: SqlConnection) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

export type DatabaseLocation =
  | { readonly databaseUrl: string; readonly onConnectionLost: (error: unknown) => void }
  /** `dataDir` null keeps everything in memory; `image` is a dumped data folder to start an empty one from. */
  | { readonly dataDir: string | null; readonly image?: Blob };

/**
 * Opens the database and brings its tables up to date. Throws an OperationalError when it cannot be reached, when
 * another process holds the folder, or when a newer version of the program has written it.
 */
export const openDatabase = async (location: DatabaseLocation): Promise<Database> => {
  const opened = "databaseUrl" in location ? openPostgres(location) : await openPglite(location);
  try {
    await migrate(opened.sql);
  } catch (error) {
    await opened.close();
    throw opened.translate(error);
  }
  return overEngine(opened);
};

interface Scope {
  open: boolean;
}

/**
 * The embedded engine has one connection: a statement outside of the transaction would wait for the transaction that
 * waits for it. So that is refused, on PostgreSQL as well, where it would pass and only break the promise of atomicity.
 */
const refuseInside = (scopes: AsyncLocalStorage<Scope>): void => {
  if (scopes.getStore()?.open !== true) return;
  throw new Error("a statement was sent past the transaction that its caller has open");
};

const connect = (opened: OpenEngine, on: Kysely<Tables>): SqlConnection => ({
  executeSql: async (text, values = []) => {
    try {
      return await on.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, values));
    } catch (error) {
      throw opened.translate(error);
    }
  },
});

const overEngine = (opened: OpenEngine): Database => {
  const scopes = new AsyncLocalStorage<Scope>();
  const autocommit = connect(opened, opened.sql);
  return {
    engine: opened.engine,
    sql: opened.sql,
    connection: {
      executeSql: async (text, values) => {
        refuseInside(scopes);
        return autocommit.executeSql(text, values);
      },
    },
    transaction: async (work) => {
      refuseInside(scopes);
      return runTransaction(opened, (connection) => {
        const scope: Scope = { open: true };
        return scopes.run(scope, () => work(connection).finally(() => (scope.open = false)));
      });
    },
    close: opened.close,
  };
};

/** Errors of begin and commit are the database's; what `work` throws passes as it is. */
const runTransaction = async <T>(opened: OpenEngine, work: (connection: SqlConnection) => Promise<T>): Promise<T> => {
  let ofWork: { readonly error: unknown } | null = null;
  try {
    return await opened.sql.transaction().execute((transaction) =>
      work(connect(opened, transaction)).catch((error: unknown) => {
        ofWork = { error };
        throw error;
      }),
    );
  } catch (error) {
    throw ofWork === null ? opened.translate(error) : error;
  }
};
