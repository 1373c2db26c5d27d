import type { Migration } from "kysely/migration";
import { firstTables } from "./0001-first-tables.ts";
import { authorsAndSpeakers } from "./0002-authors-and-speakers.ts";

/** Every migration by its number and name. A published one is never changed: what comes later is a new one. */
export const migrations: Readonly<Record<string, Migration>> = {
  "0001-first-tables": firstTables,
  "0002-authors-and-speakers": authorsAndSpeakers,
};
