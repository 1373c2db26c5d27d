import { sql } from "kysely";
import { z } from "zod";
import type { Journal, JournalEntry, ModelTurn } from "../review/model-ports.ts";
import type { Database } from "./database.ts";
import { readRows, runQuery } from "./run-query.ts";

const itemSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("user"), text: z.string() }),
  z.object({ type: z.literal("assistant"), text: z.string() }),
  z.object({ type: z.literal("call"), callId: z.string(), name: z.string(), arguments: z.string() }),
  z.object({ type: z.literal("result"), callId: z.string(), output: z.string() }),
  z.object({ type: z.literal("opaque"), payload: z.string() }),
]);

const turnSchema: z.ZodType<ModelTurn> = z.object({
  items: z.array(itemSchema),
  text: z.string(),
  calls: z.array(z.object({ callId: z.string(), name: z.string(), arguments: z.string() })),
  stop: z.enum(["end", "cut_off", "refused"]),
  usage: z.object({
    calls: z.number(),
    inputTokens: z.number(),
    cachedTokens: z.number(),
    outputTokens: z.number(),
    usd: z.number().nullable(),
  }),
  model: z.string(),
});

const entryRow = z
  .object({
    stage: z.string(),
    conversation: z.string(),
    turn: z.int(),
    prompt_version: z.string(),
    digest: z.string(),
    request_json: z.string(),
    answer_json: z.string(),
  })
  .transform(({ stage, conversation, turn, digest, ...row }): JournalEntry => ({
    stage,
    conversation,
    turn,
    digest,
    promptVersion: row.prompt_version,
    request: row.request_json,
    answer: turnSchema.parse(JSON.parse(row.answer_json)),
  }));

/** Every exchange with a model, by run, stage, conversation and turn. What it cost is booked by the same statement. */
export const createJournalStore = (database: Database): Journal => ({
  find: async (runId, { stage, conversation, turn }) => {
    const query = database.sql
      .selectFrom("journal")
      .select(["stage", "conversation", "turn", "prompt_version", "digest", "request_json", "answer_json"])
      .where((where) => where.and({ run_id: runId, stage, conversation, turn }));
    return (await readRows(database.connection, query, entryRow))[0] ?? null;
  },
  append: async (runId, entry) => {
    const query = database.sql
      .with("entry", () => entryQuery(database, runId, entry))
      .insertInto("spending")
      .columns(["installation_id", "repository_id", "usd"])
      .expression((from) =>
        from
          .selectFrom("runs")
          .select([
            "installation_id",
            "repository_id",
            sql<number | null>`${entry.answer.usage.usd}::double precision`.as("usd"),
          ])
          .where("id", "=", runId),
      );
    await runQuery(database.connection, query);
  },
});

/** A turn that was asked again (its answer got lost, or its prompt is a newer one) takes the place of the older. */
const entryQuery = (database: Database, runId: string, entry: JournalEntry) => {
  const content = {
    prompt_version: entry.promptVersion,
    digest: entry.digest,
    request_json: entry.request,
    answer_json: JSON.stringify(entry.answer),
  };
  const { stage, conversation, turn } = entry;
  return database.sql
    .insertInto("journal")
    .values({ run_id: runId, stage, conversation, turn, ...content })
    .onConflict((conflict) => conflict.columns(["run_id", "stage", "conversation", "turn"]).doUpdateSet(content));
};
