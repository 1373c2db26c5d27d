import { sql } from "kysely";
import { z } from "zod";
import type { RunStore } from "../review/store-ports.ts";
import type { Database } from "./database.ts";
import { readRows } from "./run-query.ts";

const spendingRow = z.object({ usd: z.number(), unknown: z.boolean() });

type Scope = Parameters<RunStore["spentSince"]>[0];

/** Sums what model calls since `since` cost; those without a known price only make the sum `unknown`. */
export const readSpending = async (
  database: Database,
  scope: Scope,
  since: Date,
): Promise<z.infer<typeof spendingRow>> => {
  const query = database.sql
    .selectFrom("spending")
    .select([
      sql<number>`coalesce(sum(usd), 0)`.as("usd"),
      sql<boolean>`coalesce(bool_or(usd is null), false)`.as("unknown"),
    ])
    .where("spent_at", ">=", since)
    .where((where) =>
      "repositoryId" in scope
        ? where("repository_id", "=", scope.repositoryId)
        : where("installation_id", "=", scope.installationId),
    );
  const [sum] = await readRows(database.connection, query, spendingRow);
  return sum ?? { usd: 0, unknown: false };
};
