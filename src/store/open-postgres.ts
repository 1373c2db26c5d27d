import { Kysely, PostgresDialect } from "kysely";
import { DatabaseError, Pool } from "pg";
import type { OpenEngine } from "./engine.ts";
import type { Tables } from "./tables.ts";
import { databaseFailed, translateError } from "./translate-error.ts";

/** Opens a pool of connections to a PostgreSQL server. `onConnectionLost` hears of idle connections that break. */
export const openPostgres = (options: {
  readonly databaseUrl: string;
  readonly onConnectionLost: (error: unknown) => void;
}): OpenEngine => {
  const pool = new Pool({
    connectionString: options.databaseUrl,
    application_name: "codex-review",
    max: 10,
    connectionTimeoutMillis: 10_000,
    // A transaction here takes milliseconds; one that hangs must not hold a pull request's row for ever.
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
  });
  pool.on("error", options.onConnectionLost);
  const sql = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    engine: { kind: "postgres", connectionString: options.databaseUrl },
    sql,
    translate: translatePostgresError,
    close: () => sql.destroy(),
  };
};

/** Whatever is no answer of the server is the connection's failure. */
const translatePostgresError = (error: unknown): unknown =>
  error instanceof DatabaseError ? translateError(error) : databaseFailed(error);
