import { z } from "zod";
import { categories, severities } from "../../core/candidate.ts";
import { atSchema, pathSchema } from "./tool-deps.ts";

/** The arguments of report_finding. Limits on length are told when they are broken: strict tools know no such keyword. */
export const findingInput = z.strictObject({
  title: z.string().trim().min(1).max(120).describe("At most 80 characters, imperative: the fix or the effect."),
  body: z
    .string()
    .trim()
    .min(1)
    .max(4000)
    .describe("One paragraph: what happens, with which input, why, how bad. No headings, no greeting."),
  severity: z
    .enum(severities)
    .describe(
      "P0: breaks it for everybody, loses data or opens it to attackers in ordinary use. P1: will hurt in ordinary use. P2: a real bug of limited reach that its author would fix before merging, or a test that cannot fail. P3: true but minor; it is folded away.",
    ),
  category: z
    .enum(categories)
    .describe("rule: breaks a written rule of this repository, which `rule` then names. Otherwise what is at stake."),
  confidence: z
    .number()
    .min(0)
    .max(1)
    .describe("From 0 to 1: how sure you are that the trigger leads to the effect. Below 0.5, look further first."),
  path: pathSchema.describe("The changed file that the comment belongs to."),
  at: atSchema.describe("Where the quote stands: head; base only for removed lines whose removal is the defect."),
  quote: z
    .string()
    .min(1)
    .max(8000)
    .describe(
      "The lines that are wrong, copied exactly as they stand in the file, without numbers and diff marks. Usually 1 to 5 whole lines; may span lines.",
    ),
  start_line: z.int().min(1).nullable().describe("Line number of the quote's first line, if you know it."),
  end_line: z.int().min(1).nullable().describe("Line number of the quote's last line, if you know it."),
  trigger: z
    .string()
    .trim()
    .min(1)
    .max(2000)
    .describe("Input or state -> what happens -> what should happen. Concrete values, enough to write a test."),
  evidence: z
    .array(
      z.strictObject({
        path: pathSchema,
        quote: z.string().min(1).max(4000).describe("Exact lines at the head."),
        why: z.string().min(1).max(500).describe("What it shows."),
      }),
    )
    .max(12)
    .describe("Other code that you looked up and that the claim rests on: callers, callees, schemas, related places."),
  replacement: z
    .string()
    .max(8000)
    .nullable()
    .describe(
      "Whole lines, with indentation, that take the place of the quoted lines, or an empty text to delete them. Null unless it is complete and small.",
    ),
  rule: z
    .strictObject({ path: pathSchema, line: z.int().min(1).nullable() })
    .nullable()
    .describe("For category rule: where the rule is written."),
  premises: z
    .array(z.string().min(1).max(500))
    .max(8)
    .describe(
      "What the claim needs and you could not look up, a dependency's behaviour for example. Empty if nothing.",
    ),
});

export type FindingInput = z.output<typeof findingInput>;
