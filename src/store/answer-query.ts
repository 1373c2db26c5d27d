import type { Database } from "./database.ts";
import { storableText } from "./storable-text.ts";

/** Marks the named requests as answered, as far as they still wait; the first answer stays. */
export const answerQuery = (
  database: Database,
  requestIds: readonly string[],
  answer: { readonly runId: string | null; readonly note: string },
) =>
  database.sql
    .updateTable("requests")
    .set({ answered_at: new Date(), answered_by_run: answer.runId, answer_note: storableText(answer.note) })
    .where("id", "in", requestIds)
    .where("answered_at", "is", null);
