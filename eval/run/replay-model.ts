import { digestOf } from "../../src/model/canonical-request.ts";
import { ModelError } from "../../src/review/errors.ts";
import type { JournalEntry, Model, ModelRequest } from "../../src/review/model-ports.ts";

export interface ReplayedModel {
  readonly model: Model;
  /** How many answers were taken by their place alone: the request there is another one now. */
  readonly byPlace: () => number;
  /** The first request that the journal has no answer for; null while there is none. */
  readonly missing: () => string | null;
}

/**
 * Answers from a case's journal: the answer to the same request, wherever it stood, and else the one that stood at the
 * same place, so that a later version of the program can be tried on it. What was never asked is a `ModelError`.
 */
export const createReplayedModel = (entries: readonly JournalEntry[]): ReplayedModel => {
  const byDigest = new Map(entries.map((entry) => [entry.digest, entry]));
  const atPlace = new Map(entries.map((entry) => [placeOf(entry), entry]));
  let byPlace = 0;
  let missing: string | null = null;
  return {
    byPlace: () => byPlace,
    missing: () => missing,
    model: {
      turn: (request, signal) => {
        signal.throwIfAborted();
        const same = byDigest.get(digestOf(request));
        if (same !== undefined) return Promise.resolve(same.answer);
        const place = placeOf(request.at);
        const there = atPlace.get(place);
        if (there === undefined) {
          missing ??= place;
          return Promise.reject(new ModelError("replay", `the journal has no answer for ${place}`));
        }
        byPlace += 1;
        return Promise.resolve(there.answer);
      },
    },
  };
};

const placeOf = ({ stage, conversation, turn }: ModelRequest["at"]): string => `${stage}/${conversation}/${turn}`;
