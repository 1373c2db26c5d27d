import { z } from "zod";

export const ruffInputSchema = z.strictObject({ codes: z.array(z.string()), files: z.array(z.string()) });
export type RuffInput = z.infer<typeof ruffInputSchema>;

const location = z.object({ row: z.int().positive(), column: z.int().positive() });

/** `code` is "invalid-syntax" where the parser gave up. */
const diagnostic = z.object({
  code: z.string().nullable(),
  message: z.string(),
  start_location: location,
  end_location: location,
});
export type RuffDiagnostic = z.infer<typeof diagnostic>;

/** One entry for each text, in order; null for a text that ruff could not read. */
export const ruffOutputSchema = z.array(z.array(diagnostic).nullable());
export type RuffOutput = z.infer<typeof ruffOutputSchema>;
