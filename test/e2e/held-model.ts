import type { Model } from "../../src/review/model-ports.ts";

export interface HeldModel extends Model {
  /** Whether a request waits. */
  readonly isAsked: () => boolean;
  readonly release: () => void;
}

/** Keeps the first request waiting until `release` or the run's end; answers it and all others as `model` does. */
export const holdFirst = (model: Model): HeldModel => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  let asked = false;
  return {
    isAsked: () => asked,
    release,
    turn: async (request, signal) => {
      if (!asked) {
        asked = true;
        await untilEither(released, signal);
      }
      return model.turn(request, signal);
    },
  };
};

const untilEither = async (released: Promise<void>, signal: AbortSignal): Promise<void> => {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  await Promise.race([released, aborted.promise]);
  signal.removeEventListener("abort", abort);
};
