import type { Candidate } from "../candidate.ts";
import type { CandidateGate, LineRange, Verdict } from "../evidence.ts";

/** The quoted code exists at that commit. */
export const quote: CandidateGate = {
  name: "quote",
  judge: ({ candidate, evidence }) => {
    const found = evidence.quote;
    if (found.found === "no_file") return unfounded(candidate, "there is no such text file");
    if (found.found === "nowhere") return unfounded(candidate, "the quoted code is not in the file");
    const reason =
      found.found === "in_place"
        ? "the quoted code stands there"
        : `the quoted code stands on line ${found.range.startLine}, moved there`;
    return { gate: "quote", action: "keep", reason, amend: at(candidate, found.range) };
  },
};

/** The finder's idea of the place gives way to where the program found it. */
const at = (candidate: Candidate, range: LineRange): Candidate => ({
  ...candidate,
  startLine: range.startLine,
  line: range.endLine,
});

const unfounded = (candidate: Candidate, reason: string): Verdict => ({
  gate: "quote",
  action: "demote",
  reason,
  label: "unconfirmed",
  amend: { ...candidate, replacement: null },
});
