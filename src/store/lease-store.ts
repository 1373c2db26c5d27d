import { sql, type RawBuilder } from "kysely";
import type { PullRequestRef } from "../core/pull-request.ts";
import { OperationalError } from "../review/errors.ts";
import type { LeaseResult, LeaseStore } from "../review/store-ports.ts";
import type { Database } from "./database.ts";
import { keyOf, upsertPullRequest } from "./pull-request-row.ts";
import { runQuery } from "./run-query.ts";

/**
 * Leases on pull requests, kept in their rows and measured by the database's clock. One that is not renewed for
 * `leaseMs` (default one minute) may be taken by another owner.
 *
 * Nothing that arrives is lost between a run's end and the next one. A delivery writes the pull request's row, then its
 * request and its job, in one transaction; `releaseIfIdle` locks the same row before it looks for requests. So either
 * the delivery committed before, and its request is seen and the lease kept; or it waits for the row, and then its job
 * can only start after the release, and finds the lease free.
 */
export const createLeaseStore = (database: Database, options: { readonly leaseMs?: number } = {}): LeaseStore => {
  const { leaseMs = 60_000 } = options;
  return {
    acquire: (ref, owner) => acquire(database, { ref, owner, leaseMs }),
    renew: (ref, owner) => renew(database, { ref, owner, leaseMs }),
    releaseIfIdle: (ref, owner) => releaseIfIdle(database, ref, owner),
    release: async (ref, owner) => {
      await runQuery(database.connection, freeQuery(database, ref, owner));
    },
  };
};

interface Claim {
  readonly ref: PullRequestRef;
  readonly owner: string;
  readonly leaseMs: number;
}

// Not now(): that is when the transaction began, and the statement may have waited for the row since.
const fromNow = (leaseMs: number): RawBuilder<Date> => sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'`;

const acquire = async (database: Database, { ref, owner, leaseMs }: Claim): Promise<LeaseResult> =>
  database.transaction(async (connection) => {
    await runQuery(connection, upsertPullRequest(database, ref));
    const query = database.sql
      .updateTable("pull_requests")
      .set({ lease_owner: owner, lease_expires_at: fromNow(leaseMs) })
      .where((where) => where.and(keyOf(ref)))
      .where((where) =>
        where.or([
          where("lease_owner", "is", null),
          where("lease_owner", "=", owner),
          where("lease_expires_at", "<=", sql<Date>`clock_timestamp()`),
        ]),
      )
      .returning("number");
    return { taken: (await runQuery(connection, query)) > 0 };
  });

const renew = async (database: Database, { ref, owner, leaseMs }: Claim): Promise<void> => {
  const query = database.sql
    .updateTable("pull_requests")
    .set({ lease_expires_at: fromNow(leaseMs) })
    .where((where) => where.and({ ...keyOf(ref), lease_owner: owner }))
    .returning("number");
  if ((await runQuery(database.connection, query)) > 0) return;
  throw new OperationalError(`the lease on ${ref.owner}/${ref.name}#${ref.number} was lost`, { retryable: true });
};

/**
 * True as well for a lease that was lost: whoever took it goes on, and its old owner must not.
 *
 * Two statements on purpose: each sees what was committed when it started (READ COMMITTED), so the second one, started
 * after the row was locked, sees the request of every delivery that held the row before.
 */
const releaseIfIdle = (database: Database, ref: PullRequestRef, owner: string): Promise<boolean> =>
  database.transaction(async (connection) => {
    const lock = database.sql
      .selectFrom("pull_requests")
      .select("number")
      .where((where) => where.and({ ...keyOf(ref), lease_owner: owner }))
      .forUpdate();
    if ((await runQuery(connection, lock)) === 0) return true;
    const wanted = database.sql
      .selectFrom("requests")
      .select("id")
      .where((where) => where.and(keyOf(ref)))
      .where("answered_at", "is", null)
      .limit(1);
    if ((await runQuery(connection, wanted)) > 0) return false;
    await runQuery(connection, freeQuery(database, ref, owner));
    return true;
  });

const freeQuery = (database: Database, ref: PullRequestRef, owner: string) =>
  database.sql
    .updateTable("pull_requests")
    .set({ lease_owner: null, lease_expires_at: null })
    .where((where) => where.and({ ...keyOf(ref), lease_owner: owner }));
