import { createQueue } from "../../src/queue/pg-boss.ts";
import { openNamed } from "./open-named.ts";

/** Takes a job, prints its id and never ends it. */
const database = await openNamed(process.argv[2]);
const queue = await createQueue({ engine: database.engine, role: "all", concurrency: 1, onError: console.error });
await queue.work(async (_, { jobId }) => {
  console.log(jobId);
  await new Promise(() => undefined);
});
