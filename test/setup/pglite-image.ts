import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "../../src/store/database.ts";
import { installQueue } from "./install-queue.ts";
import { tablesVersion } from "./tables-version.ts";

const folder = join(import.meta.dirname, "../../node_modules/.cache/codex-review");

/** Path of a dumped data folder with all tables. It is kept between runs: making one takes seconds, loading it 0.3 s. */
export const preparePgliteImage = async (): Promise<string> => {
  const name = `tables-${await tablesVersion()}.tar`;
  const path = join(folder, name);
  if (existsSync(path)) return path;
  await mkdir(folder, { recursive: true });
  const stale = (await readdir(folder)).filter((file) => file.endsWith(".tar"));
  for (const file of stale) await rm(join(folder, file), { force: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, await dumpTables());
  await rename(draft, path);
  return path;
};

const dumpTables = async (): Promise<Uint8Array> => {
  const database = await openDatabase({ dataDir: null });
  await installQueue(database);
  if (database.engine.kind !== "pglite") throw new Error("a database without a server is an embedded one");
  const image = await database.engine.pglite.dumpDataDir("none");
  await database.close();
  return image.bytes();
};
