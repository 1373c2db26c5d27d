import { notCommentable } from "../anchor.ts";
import type { CandidateGate } from "../evidence.ts";

/** It stands on a line that takes comments. */
export const anchor: CandidateGate = {
  name: "anchor",
  judge: ({ evidence }) => {
    if (evidence.anchor !== null) return { gate: "anchor", action: "keep", reason: "the line takes comments" };
    const refused = evidence.file !== null && notCommentable(evidence.file) !== null;
    return {
      gate: "anchor",
      action: "demote",
      reason: evidence.unanchored ?? "the program found no line for it",
      label: refused ? "not commentable" : "outside the diff",
    };
  },
};
