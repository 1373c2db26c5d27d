import type { Notice, Outcome } from "./run.ts";

const partialKinds: ReadonlySet<Notice["kind"]> = new Set(["partial", "budget", "model"]);

/** The outcome of a finished review: partial where a notice says that something was not read, asked or paid. */
export const outcomeOf = (result: Extract<Outcome, { kind: "reviewed" }>["result"]): Outcome => ({
  kind: "reviewed",
  result,
  partial: result.notices.some(({ kind }) => partialKinds.has(kind)),
});
