import { CodeHostError, OperationalError } from "./errors.ts";
import type { Clock } from "./ports.ts";
import type { LedgerRow, RunStore } from "./store-ports.ts";

/** One write on GitHub that must be seen there exactly once. */
interface LedgerStep {
  /** Names the write within its run. */
  readonly key: string;
  readonly send: () => Promise<string>;
  /** Looks the write up by its marker; null when it is not there. */
  readonly find: () => Promise<string | null>;
}

export interface Ledger {
  /** Carries the step out unless it is confirmed, and answers with its id on GitHub. */
  readonly carryOut: (step: LedgerStep) => Promise<string>;
  /** The id of a step that an earlier try may have carried out, looked up where its answer was lost; null without one. */
  readonly recall: (step: Omit<LedgerStep, "send">) => Promise<string | null>;
}

/**
 * What an error says of the write: "unknown" (no answer came, or a 5xx did), "refused" or "not_sent". Null for an
 * abort or a bug: then nobody knows, and nobody waits for an answer.
 */
const outcomeOf = (error: unknown): "unknown" | "refused" | null => {
  if (!(error instanceof OperationalError)) return null;
  return error instanceof CodeHostError && error.outcome === "unknown" ? "unknown" : "refused";
};

const lookUpDelaysMs = [250, 2_000, 8_000];

/**
 * Opens the ledger of a run: planned → sent → confirmed | unknown. A row that says "sent" or "unknown" belongs to a
 * write whose answer was lost, so it is looked up by its marker before it is sent again.
 */
export const openLedger = async (
  deps: { readonly runs: Pick<RunStore, "ledger" | "writeLedger">; readonly clock: Clock },
  runId: string,
  signal: AbortSignal,
): Promise<Ledger> => {
  const rows = new Map((await deps.runs.ledger(runId)).map((row) => [row.key, row]));
  const write = async (row: LedgerRow): Promise<void> => {
    rows.set(row.key, row);
    await deps.runs.writeLedger(runId, row);
  };
  const confirm = async (key: string, remoteId: string): Promise<string> => {
    await write({ key, state: "confirmed", remoteId });
    return remoteId;
  };
  const lookUp = async (step: Omit<LedgerStep, "send">): Promise<string | null> => {
    const found = await step.find();
    return found === null ? null : confirm(step.key, found);
  };
  const recall = async (step: Omit<LedgerStep, "send">): Promise<string | null> => {
    const row = rows.get(step.key);
    if (row?.state === "confirmed") return row.remoteId;
    return row?.state === "sent" || row?.state === "unknown" ? lookUp(step) : null;
  };
  const sendOnce = async (step: LedgerStep): Promise<string | null> => {
    const sentBefore = rows.has(step.key);
    await write({ key: step.key, state: "sent", remoteId: null });
    try {
      return await confirm(step.key, await step.send());
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome === null || outcome === "unknown") await write({ key: step.key, state: "unknown", remoteId: null });
      if (outcome === null) throw error;
      if (outcome === "unknown") return null;
      // A refusal of a repeated write may mean that the first one landed after it was looked for.
      const landed = sentBefore ? await lookUp(step) : null;
      if (landed !== null) return landed;
      await write({ key: step.key, state: "planned", remoteId: null });
      throw error;
    }
  };
  return {
    recall,
    carryOut: async (step) => {
      let done = (await recall(step)) ?? (await sendOnce(step));
      for (const delay of lookUpDelaysMs) {
        if (done !== null) return done;
        await deps.clock.sleep(delay, signal);
        done = (await lookUp(step)) ?? (await sendOnce(step));
      }
      if (done !== null) return done;
      throw new OperationalError(`GitHub did not answer the write "${step.key}" and does not show it`, {
        retryable: true,
      });
    },
  };
};
