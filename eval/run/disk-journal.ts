import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { readRecording, writeRecording, type RecordingHeader } from "../../src/model/recording.ts";
import type { Journal, JournalEntry } from "../../src/review/model-ports.ts";

export interface DiskJournal extends Journal {
  /** What an earlier sitting left, and what came since; the last answer at each place. */
  readonly entries: () => readonly JournalEntry[];
  readonly header: RecordingHeader;
}

/**
 * The journal of one case as a recording on disk, longer by a line with every answer, so that a run that was cut off
 * goes on where it stood. A last line that was cut off itself is taken away.
 */
export const openDiskJournal = (file: string, header: RecordingHeader): DiskJournal => {
  if (!existsSync(file)) writeFileSync(file, writeRecording({ header, entries: [] }));
  const kept = readRecording(wholeLines(file));
  const entries = new Map(kept.entries.map((entry) => [keyOf(entry), entry]));
  return {
    header: kept.header,
    find: (_runId, at) => Promise.resolve(entries.get(keyOf(at)) ?? null),
    append: (_runId, entry) => {
      entries.set(keyOf(entry), entry);
      // Written at once and not in turns: conversations run side by side, and their lines must not mix.
      appendFileSync(file, `${JSON.stringify(entry)}\n`);
      return Promise.resolve();
    },
    entries: () => [...entries.values()],
  };
};

const wholeLines = (file: string): string => {
  const text = readFileSync(file, "utf8");
  if (text.endsWith("\n")) return text;
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  writeFileSync(file, whole);
  return whole;
};

const keyOf = ({ stage, conversation, turn }: Pick<JournalEntry, "stage" | "conversation" | "turn">): string =>
  JSON.stringify([stage, conversation, turn]);
