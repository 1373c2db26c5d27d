import { z } from "zod";
import { countOf } from "../../core/count-of.ts";
import type { Judgement } from "../../core/verifier-evidence.ts";
import { locateQuote } from "../../core/locate-quote.ts";
import { withoutNumbers } from "../../core/show-lines.ts";
import type { ChangeTrees } from "../ports.ts";
import { showNearest } from "./show-nearest.ts";
import { readText } from "./read-text.ts";
import { atSchema, pathSchema } from "./tool-deps.ts";
import { defineTool, note, type Tool } from "./tool.ts";

const judgeInput = z.strictObject({
  verdict: z.enum(["confirmed", "refuted", "unsure"]),
  reason: z
    .string()
    .trim()
    .min(1)
    .max(1200)
    .describe("Two or three sentences: the trigger, and where it works or breaks."),
  introduced_by_change: z
    .enum(["yes", "no"])
    .nullable()
    .describe("no: the base fails in the same way under this trigger. Counts for confirmed."),
  worth_fixing: z
    .enum(["yes", "minor", "no"])
    .nullable()
    .describe(
      "Would the author of this change, if told, want to fix it before merging? minor: true, but hardly ever met or of next to no cost. Counts for confirmed.",
    ),
  quotes: z
    .array(z.strictObject({ path: pathSchema, at: atSchema, quote: z.string().min(1).max(4000) }))
    .max(10)
    .describe("The code that settles it, copied exactly. At least one for confirmed and refuted."),
});
type JudgeInput = z.output<typeof judgeInput>;

export interface JudgeTool {
  readonly tool: Tool;
  /** The judgement, its quotes checked; null until there is one. */
  readonly judgement: () => Judgement | null;
}

/**
 * The second reader's last tool. A quote that is not in its file is told once; after that a judgement that needs code
 * and does not show it counts as unsure.
 */
export const createJudgeTool = (trees: ChangeTrees): JudgeTool => {
  let judgement: Judgement | null = null;
  let askedBack = false;
  return {
    judgement: () => judgement,
    tool: defineTool({
      name: "judge",
      description: "Gives your judgement of the claim and ends the work. The program looks each quote up.",
      input: judgeInput,
      run: async (input, signal) => {
        const { checked, hints } = await checkQuotes(trees, input, signal);
        const fault = faultOf(checked);
        if (fault !== null && !askedBack) {
          askedBack = true;
          return { note: `Not taken: ${fault} Mend the quotes and judge again.`, data: hints };
        }
        judgement =
          fault === null ? checked : { ...checked, verdict: "unsure", reason: `${checked.reason} (${fault})` };
        return note("Taken.");
      },
    }),
  };
};

interface Checked {
  readonly checked: Judgement;
  /** What the quotes that were not found may have meant; null without any. */
  readonly hints: string | null;
}

const checkQuotes = async (trees: ChangeTrees, input: JudgeInput, signal: AbortSignal): Promise<Checked> => {
  const quotes: Judgement["quotes"][number][] = [];
  const hints: string[] = [];
  for (const { path, at, quote: given } of input.quotes) {
    const quote = withoutNumbers(given);
    const content = await readText(trees, { at, path }, signal);
    const located = "none" in content ? null : locateQuote(content.text, quote, { startLine: null, line: null });
    const found = located !== null && located.found !== "nowhere";
    quotes.push({ path, quote, found });
    if ("none" in content) hints.push(`${path}: ${content.none}`);
    else if (located?.found === "nowhere")
      hints.push(`${path}, not found. Nearest:\n${showNearest(content.text, located.nearest) ?? "nothing like it"}`);
  }
  // Answers from before these were asked, and from servers that leave them out, count as yes.
  const grades = { introduced: input.introduced_by_change !== "no", worthFixing: input.worth_fixing ?? "yes" };
  const checked: Judgement = { verdict: input.verdict, reason: input.reason, quotes, ...grades };
  return { checked, hints: hints.length === 0 ? null : hints.join("\n") };
};

/** A confirmation stands on all of its quotes, a refutation on one at least. */
const faultOf = ({ verdict, quotes }: Judgement): string | null => {
  if (verdict === "unsure") return null;
  if (quotes.length === 0) return "it quotes no code.";
  const missing = quotes.filter(({ found }) => !found).length;
  const enough = verdict === "confirmed" ? missing === 0 : missing < quotes.length;
  return enough ? null : `${missing} of ${countOf(quotes.length, "quote")} not in the file named.`;
};
