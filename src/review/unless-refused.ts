import { CodeHostError } from "./errors.ts";

/** Writes something that the rest does not depend on: GitHub's refusal is logged, and no try would change it. */
export const unlessRefused = async (
  deps: { readonly onFailure: (error: unknown) => void },
  write: () => Promise<void>,
): Promise<void> => {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof CodeHostError) || error.outcome !== "refused") throw error;
    deps.onFailure(error);
  }
};
