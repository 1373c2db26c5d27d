import type { PGlite } from "@electric-sql/pglite";
import type { Kysely } from "kysely";
import type { Tables } from "./tables.ts";

/** What runs the SQL, for those who need more than statements: the queue listens on it. */
export type Engine =
  | { readonly kind: "postgres"; readonly connectionString: string }
  | { readonly kind: "pglite"; readonly pglite: PGlite };

export interface OpenEngine {
  readonly engine: Engine;
  readonly sql: Kysely<Tables>;
  /** Turns a failure of the outside into an OperationalError; anything else comes back as it is. */
  readonly translate: (error: unknown) => unknown;
  readonly close: () => Promise<void>;
}
