import { CodeHostError } from "../review/errors.ts";

/** Null where the app was uninstalled or suspended, or lost the repository. */
export const nullWhenGone = async <T>(read: () => Promise<T | null>): Promise<T | null> => {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CodeHostError && error.accessGone) return null;
    throw error;
  }
};
