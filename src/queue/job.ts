import { z } from "zod";
import type { Job } from "../review/store-ports.ts";

const pullRequestSchema = z.strictObject({
  installationId: z.int(),
  repositoryId: z.int(),
  owner: z.string(),
  name: z.string(),
  number: z.int(),
});

/** A job as it stands in the queue: an older version of the program may have written it. */
export const jobSchema: z.ZodType<Job> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("delivery"), guid: z.string() }),
  z.strictObject({ kind: z.literal("pull_request"), pullRequest: pullRequestSchema }),
]);
