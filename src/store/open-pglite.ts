import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect } from "kysely";
import type { OpenEngine } from "./engine.ts";
import { type FolderLock, lockFolder } from "./folder-lock.ts";
import type { Tables } from "./tables.ts";
import { translateError } from "./translate-error.ts";

/**
 * Opens the embedded PostgreSQL in `dataDir`, or in memory where that is null. `image` is a dumped data folder that an
 * empty one starts from. Two processes on one folder corrupt it without a word, so the folder is locked before.
 */
export const openPglite = async (options: {
  readonly dataDir: string | null;
  readonly image?: Blob;
}): Promise<OpenEngine> => {
  const lock = options.dataDir === null ? null : lockFolder(options.dataDir);
  const pglite = await createPglite(options).catch((error: unknown) => {
    lock?.release();
    throw error;
  });
  return overPglite(pglite, lock);
};

const createPglite = (options: { readonly dataDir: string | null; readonly image?: Blob }): Promise<PGlite> => {
  compilePlainly();
  return PGlite.create({
    ...(options.dataDir === null ? {} : { dataDir: join(options.dataDir, "postgres") }),
    ...(options.image === undefined ? {} : { loadDataDir: options.image }),
  });
};

/**
 * Keeps V8's optimizing compiler away from WebAssembly that is compiled from now on. PostgreSQL's largest functions make
 * it take half a gigabyte for seconds, on cores that the app needs; statements take no longer without it.
 */
const compilePlainly = (): void => {
  for (const flag of ["--no-wasm-tier-up", "--no-wasm-dynamic-tiering"]) setFlagsFromString(flag);
};

const overPglite = (pglite: PGlite, lock: FolderLock | null): OpenEngine => {
  const sql = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  return {
    engine: { kind: "pglite", pglite },
    sql,
    translate: translateError,
    close: async () => {
      await sql.destroy();
      if (!pglite.closed) await pglite.close();
      lock?.release();
    },
  };
};
