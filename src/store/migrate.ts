import type { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { OperationalError } from "../review/errors.ts";
import { migrations } from "./migrations/migrations.ts";
import type { Tables } from "./tables.ts";

/**
 * Brings the tables up to this program's version, under Kysely's lock, so several processes may start at once.
 * Throws an OperationalError when the database belongs to a newer program: an older one would misread its rows.
 */
export const migrate = async (sql: Kysely<Tables>): Promise<void> => {
  await refuseNewer(sql);
  const { error } = await migratorOf(sql).migrateToLatest();
  if (error !== undefined) throw new Error("a migration failed and was rolled back", { cause: error });
};

/** What `migrate` would run, in order; throws as it does. Nothing is written. */
export const pendingMigrations = async (sql: Kysely<Tables>): Promise<readonly string[]> => {
  await refuseNewer(sql);
  const all = await migratorOf(sql).getMigrations();
  return all.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
};

const migratorOf = (sql: Kysely<Tables>): Migrator =>
  new Migrator({ db: sql, provider: { getMigrations: async () => ({ ...migrations }) } });

const historyTable = "kysely_migration";

const refuseNewer = async (sql: Kysely<Tables>): Promise<void> => {
  const tables = await sql.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === historyTable)) return;
  const history = sql.withTables<{ [historyTable]: { readonly name: string } }>();
  const applied = await history.selectFrom(historyTable).select("name").orderBy("name").execute();
  const unknown = applied.find(({ name }) => !Object.hasOwn(migrations, name));
  if (unknown === undefined) return;
  throw new OperationalError(
    `The database has the migration ${unknown.name}, which this version of codex-review does not know: run the newer version that wrote it.`,
    { retryable: false },
  );
};
