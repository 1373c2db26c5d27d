import { z } from "zod";
import { candidateSchema, type Candidate } from "../candidate.ts";
import type { CandidateGate } from "../evidence.ts";

export type Shaped = { readonly candidate: Candidate } | { readonly dropped: string };

/** Reads what a finder wrote; what does not match the schema is dropped with the places that do not. */
export const shapeCandidate = (raw: unknown): Shaped => {
  const parsed = candidateSchema.safeParse(raw);
  return parsed.success ? { candidate: parsed.data } : { dropped: z.prettifyError(parsed.error) };
};

/** What the schema cannot say: the agent names a trigger, and who speaks of a rule names the rule. */
export const shape: CandidateGate = {
  name: "shape",
  judge: ({ candidate }) => {
    const fault = faultOf(candidate);
    if (fault !== null) return { gate: "shape", action: "drop", reason: fault };
    return { gate: "shape", action: "keep", reason: "says what, where and when" };
  },
};

const faultOf = ({ origin, trigger, category, rule }: Candidate): string | null => {
  if (origin.kind === "rule") return null;
  if (trigger === null || trigger.trim() === "") return "names no trigger: which input or state makes it happen";
  return category === "rule" && rule === null ? "speaks of a written rule and names none" : null;
};
