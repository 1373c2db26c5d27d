import { CodeHostError } from "../../review/errors.ts";
import type { Check } from "./check.ts";

/**
 * Whether the handle that people write belongs to somebody. GitHub tells nobody which other Apps a repository has, so
 * a bot that answers to the same words can only be named as a possibility.
 */
export const checkHandle = async (mention: string, isTaken: (login: string) => Promise<boolean>): Promise<Check> => {
  const topic = "handle";
  const mend = "set commands.mention in .github/codex-review.yml on the default branch to a handle of your own";
  try {
    if (!(await isTaken(mention.replace(/^@/, ""))))
      return { result: "ok", topic, said: `${mention} is nobody's login` };
    return {
      result: "note",
      topic,
      said: `${mention} is somebody's login: they are notified, and another bot with that handle would answer as well`,
      mend,
    };
  } catch (error) {
    if (!(error instanceof CodeHostError)) throw error;
    return { result: "note", topic, said: `it is not known whose login ${mention} is: ${error.message}`, mend };
  }
};
