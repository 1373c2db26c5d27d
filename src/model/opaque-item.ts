import { z } from "zod";

const sealedSchema = z.object({ model: z.string(), item: z.unknown() });

/** Keeps a provider's own item as text, with the model that it came from. */
export const sealPayload = (item: unknown, model: string): string => JSON.stringify({ model, item });

/** The item as it came. None for another model: a fallback model cannot read its predecessor's encrypted reasoning. */
export const openPayload = <T>(payload: string, model: string, schema: z.ZodType<T>): readonly T[] => {
  const sealed = sealedSchema.parse(JSON.parse(payload));
  return sealed.model === model ? [schema.parse(sealed.item)] : [];
};
