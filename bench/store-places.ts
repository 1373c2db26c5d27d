import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";

/** An empty store of its own, as variables of the environment. */
export interface StorePlace {
  readonly variables: Readonly<Record<string, string>>;
  readonly remove: () => Promise<void>;
}

export interface StoreKind {
  readonly name: "PGlite" | "PostgreSQL";
  readonly place: () => Promise<StorePlace>;
}

const serverUrl = process.env["TEST_DATABASE_URL"] ?? "postgres://postgres@127.0.0.1:5432/test";

/** PGlite, and PostgreSQL where a server answers. */
export const storeKinds = async (): Promise<readonly StoreKind[]> => {
  const embedded: StoreKind = { name: "PGlite", place: placeFolder };
  try {
    await ask("select 1");
  } catch (error) {
    process.stdout.write(`PostgreSQL is left out: ${serverUrl} does not answer (${String(error)})\n`);
    return [embedded];
  }
  return [embedded, { name: "PostgreSQL", place: placeDatabase }];
};

const placeFolder = async (): Promise<StorePlace> => {
  const dir = await mkdtemp(join(tmpdir(), "codex-review-bench-"));
  return { variables: { DATA_DIR: dir }, remove: () => rm(dir, { recursive: true, force: true }) };
};

const placeDatabase = async (): Promise<StorePlace> => {
  const folder = await placeFolder();
  const name = `codex_review_bench_${randomBytes(6).toString("hex")}`;
  await ask(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    variables: { ...folder.variables, DATABASE_URL: url.href },
    remove: async () => {
      await folder.remove();
      await ask(`drop database if exists ${name} with (force)`);
    },
  };
};

const ask = async (statement: string): Promise<void> => {
  const client = new Client({ connectionString: serverUrl, connectionTimeoutMillis: 2_000 });
  await client.connect();
  await client.query(statement);
  await client.end();
};
