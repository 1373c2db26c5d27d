import { Kysely, PostgresDialect } from "kysely";
import { DatabaseError, Pool } from "pg";
import { OperationalError } from "../review/errors.ts";
import type { OpenEngine } from "./engine.ts";
import type { Tables } from "./tables.ts";

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

/**
 * SQLSTATE classes that pass by themselves: connection (08), rollback of a deadlock or a conflict (40), resources (53),
 * lock not to be had (55), server shut down (57). https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const passing = /^(08|40|53|55|57)/;

/** Whatever is no answer of the server is the connection's failure; an answer is a bug unless its class passes. */
const translatePostgresError = (error: unknown): unknown => {
  if (error instanceof DatabaseError && !passing.test(error.code ?? "")) return error;
  const said = error instanceof Error ? error.message : String(error);
  return new OperationalError(`PostgreSQL failed: ${said}`, { cause: error, retryable: true });
};
