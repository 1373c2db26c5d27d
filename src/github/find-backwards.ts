import { z } from "zod";

/** A page of a GraphQL connection that is read from its end. */
export const pageBefore = <T extends z.ZodType>(node: T) =>
  z.object({
    pageInfo: z.object({ hasPreviousPage: z.boolean(), startCursor: z.string().nullable() }),
    nodes: z.array(node),
  });

interface Page<T> {
  readonly pageInfo: { readonly hasPreviousPage: boolean; readonly startCursor: string | null };
  readonly nodes: readonly T[];
}

/** The newest node that fits, read page by page; null where there is none, or where `readPage` answers null. */
export const findBackwards = async <T>(
  readPage: (before: string | null) => Promise<Page<T> | null>,
  fits: (node: T) => boolean,
): Promise<T | null> => {
  let before: string | null = null;
  do {
    const page: Page<T> | null = await readPage(before);
    const found = page?.nodes.findLast(fits);
    if (found !== undefined) return found;
    before = page?.pageInfo.hasPreviousPage === true ? page.pageInfo.startCursor : null;
  } while (before !== null);
  return null;
};
