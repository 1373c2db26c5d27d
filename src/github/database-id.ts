import { z } from "zod";

/** A REST id inside a GraphQL answer: BigInt, which JSON carries as text. */
export const databaseId = z.union([z.string(), z.number()]).transform(Number).pipe(z.int().positive());
