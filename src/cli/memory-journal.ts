import type { Journal, JournalEntry } from "../review/model-ports.ts";

const keyOf = (runId: string, at: Parameters<Journal["find"]>[1]): string =>
  JSON.stringify([runId, at.stage, at.conversation, at.turn]);

/** A journal for one command's lifetime: a local review is not taken up again. */
export const createMemoryJournal = (): Journal & { readonly entries: () => readonly JournalEntry[] } => {
  const entries = new Map<string, JournalEntry>();
  return {
    find: (runId, at) => Promise.resolve(entries.get(keyOf(runId, at)) ?? null),
    append: (runId, entry) => {
      entries.set(keyOf(runId, entry), entry);
      return Promise.resolve();
    },
    entries: () => [...entries.values()],
  };
};
