import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { readRecording, writeRecording, type RecordingHeader } from "../../model/recording.ts";
import type { Journal, JournalEntry } from "../../review/model-ports.ts";

/**
 * A journal of one run in a file that is whole after every exchange. What an earlier attempt with the same prompt
 * version left there is used again, so that answers which took long are not lost to a run that ended early.
 */
export const openRecordingJournal = async (path: string, header: RecordingHeader): Promise<Journal> => {
  const entries = new Map((await earlier(path, header)).map((entry) => [keyOf(entry), entry]));
  return {
    find: (_runId, at) => Promise.resolve(entries.get(keyOf(at)) ?? null),
    append: async (_runId, entry) => {
      entries.set(keyOf(entry), entry);
      await writeFile(path, writeRecording({ header, entries: [...entries.values()] }));
    },
  };
};

const earlier = async (path: string, { promptVersion }: RecordingHeader): Promise<readonly JournalEntry[]> => {
  if (!existsSync(path)) return [];
  const { entries } = readRecording(await readFile(path, "utf8"));
  return entries.filter((entry) => entry.promptVersion === promptVersion);
};

const keyOf = ({ stage, conversation, turn }: Pick<JournalEntry, "stage" | "conversation" | "turn">): string =>
  JSON.stringify([stage, conversation, turn]);
