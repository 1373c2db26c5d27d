import { randomBytes } from "node:crypto";
import { readFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { inject } from "vitest";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { databaseUrl } from "./postgres-template.ts";

/** Settings of one app with a database of its own; `databaseUrl` null means the embedded one in `dataDir`. */
export interface StorePlace {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly remove: () => Promise<void>;
}

export interface StoreUnderTest {
  readonly name: "PGlite" | "PostgreSQL";
  /** A database of its own with all tables, of our store and of the queue. */
  readonly open: () => Promise<{ readonly database: Database; readonly close: () => Promise<void> }>;
  /** The same, not opened: for tests that start the app or several processes. */
  readonly place: () => Promise<StorePlace>;
}

/** The stores of this machine, for `describe.each`: PGlite always, PostgreSQL where it answers. */
export const storesUnderTest = (): readonly StoreUnderTest[] => {
  const postgres = inject("postgres");
  return postgres === null ? [embedded] : [embedded, onServer(postgres)];
};

/** What an empty data folder may start from, with all tables. */
export const readPgliteImage = async (): Promise<Blob> => new Blob([await readFile(inject("pgliteImage"))]);

const makeFolder = (): Promise<string> => mkdtemp(join(tmpdir(), "codex-review-data-"));

const embedded: StoreUnderTest = {
  name: "PGlite",
  open: async () => {
    const database = await openDatabase({ dataDir: null, image: await readPgliteImage() });
    return { database, close: database.close };
  },
  place: async () => {
    const dataDir = await makeFolder();
    await (await openDatabase({ dataDir, image: await readPgliteImage() })).close();
    return { dataDir, databaseUrl: null, remove: () => rm(dataDir, { recursive: true, force: true }) };
  },
};

type Server = NonNullable<ReturnType<typeof inject<"postgres">>>;

/** A database on the server without any tables; null where there is no server. */
export const createEmptyDatabase = (): Promise<ServerDatabase> | null => {
  const server = inject("postgres");
  return server === null ? null : createOnServer(server, "template1");
};

interface ServerDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

const onServer = (server: Server): StoreUnderTest => ({
  name: "PostgreSQL",
  open: async () => {
    const { url, drop } = await createOnServer(server, server.template);
    const database = await openDatabase({ databaseUrl: url, onConnectionLost: () => undefined });
    const close = async (): Promise<void> => {
      await database.close();
      await drop();
    };
    return { database, close };
  },
  place: async () => {
    const { url, drop } = await createOnServer(server, server.template);
    const dataDir = await makeFolder();
    const remove = async (): Promise<void> => {
      await rm(dataDir, { recursive: true, force: true });
      await drop();
    };
    return { dataDir, databaseUrl: url, remove };
  },
});

const createOnServer = async (server: Server, template: string): Promise<ServerDatabase> => {
  const name = `codex_review_test_${randomBytes(6).toString("hex")}`;
  await ask(server.url, `create database ${name} template ${template}`);
  return {
    url: databaseUrl(server.url, name),
    drop: () => ask(server.url, `drop database if exists ${name} with (force)`),
  };
};

const ask = async (url: string, statement: string): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
};
