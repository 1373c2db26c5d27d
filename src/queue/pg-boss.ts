import type { Queue } from "../review/ports.ts";
import { openBoss, queueNames, type QueueEngine, type RetryPlan } from "./open-boss.ts";
import { createWorker } from "./worker.ts";

export interface QueueSettings {
  readonly engine: QueueEngine;
  /** "web" only sends; the others take jobs, watch for dead workers and clean up. */
  readonly role: "web" | "worker" | "all";
  /** Reviews at the same time in this process; deliveries have four places of their own. */
  readonly concurrency: number;
  readonly retry?: RetryPlan;
  /** Hears of failures of the queue itself and of jobs that were given up. */
  readonly onError: (error: unknown) => void;
}

const deliveryPlaces = 4;

/** Ten tries in about a quarter of an hour. */
const patientRetry: RetryPlan = { limit: 9, delaySeconds: 1, maxDelaySeconds: 300 };

/** Opens the queue; its tables and settings are brought up to date first. */
export const createQueue = async (settings: QueueSettings): Promise<Queue> => {
  const boss = await openBoss({
    engine: settings.engine,
    works: settings.role !== "web",
    connections: settings.concurrency + deliveryPlaces + 2,
    retry: settings.retry ?? patientRetry,
    onError: settings.onError,
  });
  const worker = createWorker(boss, settings.onError);
  const places = { delivery: deliveryPlaces, pull_request: settings.concurrency };
  return {
    send: async (job, connection) => {
      await boss.send(queueNames[job.kind], job, { db: connection });
    },
    work: async (handle) => {
      for (const kind of ["delivery", "pull_request"] as const) {
        for (let place = 0; place < places[kind]; place += 1) await worker.open(queueNames[kind], handle);
      }
    },
    stop: worker.stop,
  };
};
