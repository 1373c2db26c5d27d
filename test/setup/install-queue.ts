import { createQueue } from "../../src/queue/pg-boss.ts";
import type { Database } from "../../src/store/database.ts";

/** What a test makes of a failure in the background. */
export const rethrow = (error: unknown): never => {
  throw error;
};

/** Creates the queue's tables, so that tests find them there. */
export const installQueue = async (database: Database): Promise<void> => {
  const queue = await createQueue({ engine: database.engine, role: "web", concurrency: 1, onError: rethrow });
  await queue.stop(0);
};
