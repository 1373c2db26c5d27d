import { noUsage, type Notice } from "../core/run.ts";
import { ModelError } from "../review/errors.ts";
import type { JournalEntry, Model, ModelRequest, ModelTurn } from "../review/model-ports.ts";
import { digestOf, requestText } from "./canonical-request.ts";
import { diffRequests } from "./diff-requests.ts";
import { createPreviousRequests } from "./previous-requests.ts";
import type { Recording, RecordingHeader } from "./recording.ts";

export interface Replay {
  readonly model: Model;
  readonly header: RecordingHeader;
  /** What the run must say of itself: that its answers are recorded, and from which prompt version. */
  readonly notice: Notice;
}

/**
 * A model that answers from a recording alone; a request that the recording does not hold is a `ModelError` of kind
 * "replay". A recording of the present prompt version is held to its digests: a request that differs fails with a
 * diff. One of another version answers by place (stage, conversation, turn), says so, and its usage counts as nothing,
 * so that no measurement is fed by it.
 */
export const createReplay = (recording: Recording, promptVersion: string): Replay => {
  const { header } = recording;
  const isCurrent = header.promptVersion === promptVersion;
  return {
    header,
    model: isCurrent ? strictModel(recording) : staleModel(recording),
    notice: {
      kind: "replay",
      text: isCurrent ? replayed(header) : `${replayed(header)} ${stale(header, promptVersion)}`,
    },
  };
};

const replayed = ({ answeredBy, recorded }: RecordingHeader): string =>
  `The model's answers are replayed from a recording of ${recorded}, answered by ${answeredBy}.`;

const stale = (header: RecordingHeader, promptVersion: string): string =>
  `It was made with prompt version ${header.promptVersion}, not ${promptVersion}: its numbers count for nothing.`;

const strictModel = ({ entries }: Recording): Model => {
  const find = createFinder(entries);
  const previousOf = createPreviousRequests();
  return {
    turn: async (request, signal) => {
      signal.throwIfAborted();
      const entry = find(request);
      const text = requestText(request, previousOf(request));
      if (entry.digest === digestOf(request)) return entry.answer;
      throw new ModelError(
        "replay",
        `the request ${placeOf(request.at)} is not the recorded one\n${diffRequests(entry.request, text)}`,
      );
    },
  };
};

const staleModel = ({ entries }: Recording): Model => {
  const find = createFinder(entries);
  return {
    turn: async (request, signal): Promise<ModelTurn> => {
      signal.throwIfAborted();
      return { ...find(request).answer, usage: noUsage };
    },
  };
};

const createFinder = (entries: readonly JournalEntry[]): ((request: ModelRequest) => JournalEntry) => {
  const byPlace = new Map(entries.map((entry) => [placeOf(entry), entry]));
  return ({ at }) => {
    const entry = byPlace.get(placeOf(at));
    if (entry === undefined) throw new ModelError("replay", `the recording has no answer for ${placeOf(at)}`);
    return entry;
  };
};

const placeOf = ({ stage, conversation, turn }: ModelRequest["at"]): string => `${stage}/${conversation}/${turn}`;
