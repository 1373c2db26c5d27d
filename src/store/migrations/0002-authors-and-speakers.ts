import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

const statements = [
  sql`alter table runs add column author text`,
  sql`create index runs_author on runs (author, started_at)`,
  sql`create index runs_head on runs (repository_id, head_sha)`,
  sql`alter table sentences add column speaker text not null default ''`,
  sql`alter table requests drop column authorized`,
];

/** Whose pull request a run reads, for the limit of an author's day; who says a sentence; no request awaits a permission. */
export const authorsAndSpeakers: Migration = {
  up: async (database: Kysely<unknown>) => {
    for (const statement of statements) await statement.execute(database);
  },
};
