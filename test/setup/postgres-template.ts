import { Client } from "pg";
import { openDatabase } from "../../src/store/database.ts";
import { installQueue, rethrow } from "./install-queue.ts";
import { tablesVersion } from "./tables-version.ts";

const localUrl = "postgres://postgres@127.0.0.1:5432/test";
const prefix = "codex_review_tables_";

/**
 * Makes a database with all tables that tests copy, and says where; null where no server answers. A server that was
 * named, and any server in CI, must answer.
 */
export const preparePostgresTemplate = async (
  env: NodeJS.ProcessEnv,
): Promise<{ readonly url: string; readonly template: string } | null> => {
  const url = env["TEST_DATABASE_URL"] ?? localUrl;
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
  } catch (error) {
    if (env["TEST_DATABASE_URL"] === undefined && env["CI"] !== "true") return null;
    throw new Error(`PostgreSQL must be among the stores under test, and ${url} does not answer`, { cause: error });
  }
  const template = `${prefix}${await tablesVersion()}`;
  await ensureTemplate(client, { url, template });
  await client.end();
  return { url, template };
};

/** Several test runs may start at once, so the work is done under a lock, and its name is given when it is whole. */
const ensureTemplate = async (
  client: Client,
  { url, template }: { readonly url: string; readonly template: string },
): Promise<void> => {
  await client.query("select pg_advisory_lock(hashtext($1))", [prefix]);
  const { rows } = await client.query<{ datname: string }>(
    "select datname from pg_database where starts_with(datname, $1)",
    [prefix],
  );
  if (rows.some(({ datname }) => datname === template)) return;
  for (const { datname } of rows) await client.query(`drop database ${datname} with (force)`);
  const draft = `${template}_draft`;
  await client.query(`create database ${draft}`);
  await createTables(databaseUrl(url, draft));
  await client.query(`alter database ${draft} rename to ${template}`);
};

const createTables = async (url: string): Promise<void> => {
  const database = await openDatabase({ databaseUrl: url, onConnectionLost: rethrow });
  await installQueue(database);
  await database.close();
};

/** The same server, another database. */
export const databaseUrl = (url: string, name: string): string => {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
};
