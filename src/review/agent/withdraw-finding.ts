import { z } from "zod";
import type { CandidateBook } from "./candidate-book.ts";
import { defineTool, type Tool } from "./tool.ts";

/** The tool that takes a report back. */
export const withdrawFindingTool = (book: CandidateBook): Tool =>
  defineTool({
    name: "withdraw_finding",
    description:
      "Takes back a finding that you reported, because you found what refutes it or because on second reading it is minor or hypothetical. To correct one instead, report it again under the same title and path.",
    input: z.strictObject({
      number: z.int().min(1).describe("Its number, as report_finding answered it: 2 for #2."),
      why: z.string().trim().min(1).max(500).describe("What changed your mind, in one sentence."),
    }),
    run: async (input) => book.withdraw(input),
  });
