import type { Candidate } from "../../core/candidate.ts";
import { withoutNumbers } from "../../core/show-lines.ts";
import type { FindingInput } from "./finding-input.ts";

/** The agent's report as a candidate. What `read_file` puts before lines is taken off quotes and replacement. */
export const toCandidate = (
  input: FindingInput,
  { id, path }: { readonly id: string; readonly path: string },
): Candidate => ({
  id,
  origin: { kind: "agent" },
  title: input.title,
  body: input.body,
  severity: input.severity,
  category: input.category,
  confidence: input.confidence,
  path,
  side: input.at === "head" ? "RIGHT" : "LEFT",
  startLine: input.start_line,
  line: input.end_line ?? input.start_line,
  quote: withoutNumbers(input.quote),
  trigger: input.trigger,
  evidence: input.evidence.map((piece) => ({ ...piece, quote: withoutNumbers(piece.quote) })),
  replacement: input.replacement === null ? null : withoutLastEnd(withoutNumbers(input.replacement)),
  rule: input.rule,
  premises: input.premises,
});

const withoutLastEnd = (text: string): string => text.replace(/\r?\n$/, "");
