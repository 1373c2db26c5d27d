import { z } from "zod";

/** `name` is a file's name without folders: some rules go by it. */
export const secretInputSchema = z.array(z.strictObject({ name: z.string(), text: z.string() }));
export type SecretInput = z.infer<typeof secretInputSchema>;

/**
 * Where a secret stands, in UTF-16 units. `kind` is the short name of secretlint's rule, `variant` its message. What
 * the rule says may hold the secret and stays in its process.
 */
const secret = z.strictObject({ kind: z.string(), variant: z.string(), start: z.int(), end: z.int() });
export type FoundSecret = z.infer<typeof secret>;

/** One entry for each text, in order. */
export const secretOutputSchema = z.array(z.array(secret));
export type SecretOutput = z.infer<typeof secretOutputSchema>;
