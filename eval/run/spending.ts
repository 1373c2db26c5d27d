import { addUsage } from "../../src/core/budget.ts";
import { noUsage, type Usage } from "../../src/core/run.ts";
import { ModelError } from "../../src/review/errors.ts";
import type { Model } from "../../src/review/model-ports.ts";

/** What a run has cost so far, over all cases and sittings. */
export interface Spending {
  readonly add: (usage: Usage) => void;
  readonly total: () => Usage;
  /** Why nothing more may be asked; null while it may. */
  readonly refusal: () => string | null;
}

/** `maxUsd` null is no cap. A cap without known prices refuses everything after the first answer. */
export const createSpending = (maxUsd: number | null): Spending => {
  let total = noUsage;
  return {
    add: (usage) => {
      total = addUsage(total, usage);
    },
    total: () => total,
    refusal: () => {
      if (maxUsd === null) return null;
      if (total.usd === null) return "the model has no known price, so --max-usd cannot hold: set MODEL_PRICES";
      return total.usd >= maxUsd ? `the cap of $${maxUsd} is reached ($${total.usd.toFixed(2)} spent)` : null;
    },
  };
};

/** A model for one case that keeps count, and remembers why it once gave no answer. */
export interface CountedModel {
  readonly model: Model;
  /** Why the case is no fair measurement: the cap, or a model that could not be reached. Null where it is one. */
  readonly failure: () => string | null;
}

/**
 * Counts what `model` costs and refuses to ask once the cap is reached. A server that refuses a request for what it
 * holds (too long, say) is part of what is measured; one that cannot be reached is not.
 */
export const countModel = (model: Model, spending: Spending, onAnswer: () => void): CountedModel => {
  let failure: string | null = null;
  const fail = (reason: string): void => {
    failure ??= reason;
  };
  return {
    failure: () => failure,
    model: {
      turn: async (request, signal) => {
        const refusal = spending.refusal();
        if (refusal !== null) {
          fail(refusal);
          throw new ModelError("quota", refusal);
        }
        try {
          const answer = await model.turn(request, signal);
          spending.add(answer.usage);
          onAnswer();
          return answer;
        } catch (error) {
          if (!(error instanceof ModelError)) throw error;
          if (error.kind !== "request") fail(error.message);
          throw error;
        }
      },
    },
  };
};
