import { z } from "zod";

/** Prices by model in US dollars for a million tokens, as people write them: `cached` is `input` where it is left out. */
export const pricesSchema = z.record(
  z.string(),
  z
    .strictObject({ input: z.number().min(0), cached: z.number().min(0).optional(), output: z.number().min(0) })
    .transform(({ input, cached, output }) => ({ input, cachedInput: cached ?? input, output })),
);
