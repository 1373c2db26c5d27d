import type { CandidateBook } from "./candidate-book.ts";
import { findingInput } from "./finding-input.ts";
import { defineTool, type Tool } from "./tool.ts";

/** The tool that reports one defect; it answers at once what the program made of it. */
export const reportFindingTool = (book: CandidateBook): Tool =>
  defineTool({
    name: "report_finding",
    description:
      "Reports one defect. The program looks the quote up in the file and answers whether the finding is recorded, as which number and on which line, or why not. A report with the title and path of an earlier one replaces that one. Several reports may come in one turn, also together with look-ups.",
    input: findingInput,
    run: book.report,
  });
