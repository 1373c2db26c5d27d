import type { Model } from "../../review/model-ports.ts";
import type { Round } from "./choose-model.ts";

export interface RoundModel {
  /** For the app, which knows one model for all of its runs; null where there is none. */
  readonly model: Model | null;
  readonly enter: (round: Round) => void;
}

/** One model out of one for each round, which says what it is at while an answer is awaited. */
export const createRoundModel = (
  models: Readonly<Record<Round, Model>> | null,
  status: (text: string) => void,
): RoundModel => {
  let current: Round = "first";
  if (models === null) return { model: null, enter: () => undefined };
  return {
    model: {
      turn: (request, signal) => {
        const { stage, conversation, turn } = request.at;
        status(`the model is at ${stage}, ${conversation}, turn ${turn + 1}`);
        return models[current].turn(request, signal);
      },
    },
    enter: (round) => {
      current = round;
    },
  };
};
