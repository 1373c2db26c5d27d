import type { CandidateGate, FactEvidence } from "../evidence.ts";
import { truncateText } from "../truncate.ts";

/** The tree does not plainly say the opposite of what the agent claims of a name. */
export const facts: CandidateGate = {
  name: "facts",
  judge: ({ candidate, evidence }) => {
    const [found] = candidate.origin.kind === "rule" ? [] : evidence.facts.flatMap(contradicted);
    if (found === undefined) return { gate: "facts", action: "keep", reason: "nothing in the tree contradicts it" };
    const { claim, contradiction } = found;
    const where = `${contradiction.path}:${contradiction.line}`;
    const reason = `claims that \`${claim.name}\` ${said[claim.kind]}, but ${where} has: ${truncateText(contradiction.text, 200)}`;
    return { gate: "facts", action: "drop", reason };
  },
};

const contradicted = ({ claim, contradiction }: FactEvidence) =>
  contradiction === null ? [] : [{ claim, contradiction }];

const said = {
  not_defined: "is not defined",
  not_imported: "is not imported",
  not_awaited: "is not awaited",
  unused: "is not used",
  untested: "has no test",
  no_file: "does not exist",
} as const;
