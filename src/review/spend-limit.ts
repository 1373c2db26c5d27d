import { ModelError } from "./errors.ts";
import type { Model } from "./model-ports.ts";

/** One conversation's share of a limit that several share. */
export interface SpendAccount {
  /** Asks for leave before each call and books what it cost. */
  readonly model: Model;
  /** What the other conversations have spent so far; null is unknown. */
  readonly usdElsewhere: () => number | null;
}

interface State {
  readonly usd: number;
  /** Booked so far; null once a call came back without a price. */
  spent: number | null;
  /** The dearest call so far: the estimate for the next one. */
  dearest: number | null;
  inFlight: number;
  waiting: (() => void)[];
}

/**
 * Keeps conversations that run at once under one limit in US dollars: each call reserves the price of the dearest one
 * so far before it starts, and waits, or is refused with a `ModelError`, where that would overshoot. Until a price is
 * known calls go one at a time. Without a limit, or where prices are unknown, nothing is held up.
 */
export const createSpendLimit = (
  usd: number | null,
): { readonly open: (model: Model) => SpendAccount; readonly spent: () => number | null } => {
  const state: State = { usd: usd ?? Infinity, spent: 0, dearest: null, inFlight: 0, waiting: [] };
  return {
    spent: () => state.spent,
    open: (model) => {
      let own = 0;
      return {
        usdElsewhere: () => (state.spent === null ? null : state.spent - own),
        model: {
          turn: async (request, signal) => {
            await reserve(state, signal);
            try {
              const turn = await model.turn(request, signal);
              own += turn.usage.usd ?? 0;
              book(state, turn.usage.usd);
              return turn;
            } finally {
              state.inFlight -= 1;
              for (const wake of state.waiting.splice(0)) wake();
            }
          },
        },
      };
    },
  };
};

const reserve = async (state: State, signal: AbortSignal): Promise<void> => {
  for (;;) {
    signal.throwIfAborted();
    const leave = leaveOf(state);
    if (leave === "go") break;
    if (leave === "refused")
      throw new ModelError("quota", `the budget of ${state.usd} US dollars does not hold another call`);
    await settled(state, signal);
  }
  state.inFlight += 1;
};

const leaveOf = ({ usd, spent, dearest, inFlight }: State): "go" | "wait" | "refused" => {
  if (usd === Infinity || spent === null) return "go";
  if (inFlight === 0) return spent + (dearest ?? 0) <= usd && spent < usd ? "go" : "refused";
  return dearest !== null && spent + (inFlight + 1) * dearest <= usd ? "go" : "wait";
};

/** Resolves when a call comes back, rejects with the signal's reason. */
const settled = (state: State, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      state.waiting = state.waiting.filter((other) => other !== wake);
      reject(signal.reason);
    };
    const wake = (): void => {
      signal.removeEventListener("abort", stop);
      resolve();
    };
    signal.addEventListener("abort", stop, { once: true });
    state.waiting.push(wake);
  });

const book = (state: State, usd: number | null): void => {
  state.spent = state.spent === null || usd === null ? null : state.spent + usd;
  if (usd !== null) state.dearest = Math.max(state.dearest ?? 0, usd);
};
