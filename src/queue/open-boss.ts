import type { PGlite } from "@electric-sql/pglite";
import { fromPglite, PgBoss, type ConstructorOptions, type Queue } from "pg-boss";
import type { Job } from "../review/store-ports.ts";

/** The database under the queue. PostgreSQL gets a pool of the queue's own, the embedded engine has one connection. */
export type QueueEngine =
  | { readonly kind: "postgres"; readonly connectionString: string }
  | { readonly kind: "pglite"; readonly pglite: PGlite };

/** Tries after the first one, with a delay that doubles from `delaySeconds` up to `maxDelaySeconds`. */
export interface RetryPlan {
  readonly limit: number;
  readonly delaySeconds: number;
  readonly maxDelaySeconds: number;
}

/** One queue a kind of job, so that long reviews do not keep deliveries waiting. */
export const queueNames = { delivery: "deliveries", pull_request: "pull-requests" } as const satisfies Record<
  Job["kind"],
  string
>;

const deadLetters = "dead-letters";

/** Opens pg-boss with its queues in place. Only one that `works` listens, supervises and cleans up. */
export const openBoss = async (options: {
  readonly engine: QueueEngine;
  readonly works: boolean;
  readonly connections: number;
  readonly retry: RetryPlan;
  readonly onError: (error: unknown) => void;
}): Promise<PgBoss> => {
  const boss = new PgBoss({
    ...connectTo(options.engine, options.connections),
    supervise: options.works,
    useListenNotify: options.works,
    // A dead worker's jobs are looked for this often; its heartbeats end after ten seconds.
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    maintenanceIntervalSeconds: 300,
    schedule: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
  });
  boss.on("error", options.onError);
  await boss.start();
  await prepareQueue(boss, deadLetters, { deleteAfterSeconds: 30 * 24 * 60 * 60 });
  for (const name of Object.values(queueNames)) await prepareQueue(boss, name, jobQueue(options.retry));
  return boss;
};

const connectTo = (engine: QueueEngine, connections: number): ConstructorOptions =>
  engine.kind === "pglite"
    ? { db: fromPglite(engine.pglite), backend: "pglite" }
    : { connectionString: engine.connectionString, application_name: "codex-review-queue", max: connections };

type QueueSetup = Omit<Queue, "name" | "policy" | "partition">;

/** Creating leaves an existing queue as it is, so a new version's settings are written after it. */
const prepareQueue = async (boss: PgBoss, name: string, options: QueueSetup) => {
  await boss.createQueue(name, options);
  await boss.updateQueue(name, options);
};

/**
 * The policy is the standard one: "exclusive" would refuse a second job for a pull request while one is active, and the
 * head that it announces would be lost. Whether a run is due is read from the table of what is wanted.
 */
const jobQueue = (retry: RetryPlan): QueueSetup => ({
  notify: true,
  deadLetter: deadLetters,
  // One more than the handler is told of: it is left for a job whose worker died or stopped in its last attempt.
  retryLimit: retry.limit + 1,
  retryDelay: retry.delaySeconds,
  retryBackoff: retry.delaySeconds > 0,
  ...(retry.delaySeconds > 0 ? { retryDelayMax: retry.maxDelaySeconds } : {}),
  // Ten seconds are the least that pg-boss takes.
  heartbeatSeconds: 10,
  // Heartbeats find dead workers; this only ends a job that hangs in a living one.
  expireInSeconds: 6 * 60 * 60,
  deleteAfterSeconds: 15 * 60,
});
