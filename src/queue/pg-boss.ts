import type { Queue } from "../review/store-ports.ts";
import { openBoss, queueNames, type QueueEngine, type RetryPlan } from "./open-boss.ts";
import { createWorker } from "./worker.ts";

export interface QueueSettings {
  readonly engine: QueueEngine;
  /** "web" only sends; the others take jobs, watch for dead workers and clean up. */
  readonly role: "web" | "worker" | "all";
  /** Reviews at the same time in this process; deliveries run beside them. */
  readonly concurrency: number;
  readonly retry?: RetryPlan;
  /** Hears of failures of the queue itself and of jobs that were given up. */
  readonly onError: (error: unknown) => void;
}

/** Deliveries are short and many, so they are fetched together; two places, so that a slow one holds up few others. */
const deliveryPlaces = { count: 2, batchSize: 5 };

/** Ten tries in about a quarter of an hour. */
const patientRetry: RetryPlan = { limit: 9, delaySeconds: 1, maxDelaySeconds: 300 };

/** Opens the queue; its tables and settings are brought up to date first. */
export const createQueue = async (settings: QueueSettings): Promise<Queue> => {
  const boss = await openBoss({
    engine: settings.engine,
    works: settings.role !== "web",
    connections: settings.concurrency + deliveryPlaces.count + 2,
    retry: settings.retry ?? patientRetry,
    onError: settings.onError,
  });
  const worker = createWorker(boss, settings.onError);
  return {
    send: async (job, connection) => {
      await boss.send(queueNames[job.kind], job, { db: connection });
    },
    work: async (handle) => {
      const deliveries = { queue: queueNames.delivery, batchSize: deliveryPlaces.batchSize };
      const reviews = { queue: queueNames.pull_request, batchSize: 1 };
      for (let count = 0; count < deliveryPlaces.count; count += 1) await worker.open(deliveries, handle);
      for (let count = 0; count < settings.concurrency; count += 1) await worker.open(reviews, handle);
    },
    stop: worker.stop,
  };
};
