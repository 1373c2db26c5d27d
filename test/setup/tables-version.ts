import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** Changes with whatever decides what the prepared databases hold: our tables, the queue's, and both libraries. */
export const tablesVersion = async (): Promise<string> => {
  const migrations = (await readdir(join(root, "src/store/migrations"))).map((name) => `src/store/migrations/${name}`);
  const files = [...migrations.toSorted(), "src/queue/open-boss.ts", "package-lock.json"];
  const hash = createHash("sha256");
  for (const file of files) hash.update(await readFile(join(root, file)));
  return hash.digest("hex").slice(0, 12);
};
