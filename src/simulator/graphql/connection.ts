import { z } from "zod";
import { GitHubError } from "../github-error.ts";
import type { Fields } from "./fields.ts";

const count = z.number().nullish();
const cursor = z.string().nullish();
const pageArguments = z.looseObject({ first: count, last: count, after: cursor, before: cursor });

const encode = (index: number): string => Buffer.from(`cursor:${index}`).toString("base64");

const decode = (value: string): number => {
  const [, index] = /^cursor:(\d+)$/.exec(Buffer.from(value, "base64").toString("utf8")) ?? [];
  if (index !== undefined) return Number(index);
  const message = `\`${value}\` does not appear to be a valid cursor.`;
  throw new GitHubError(422, message, { graphqlType: "INVALID_CURSOR_ARGUMENTS" });
};

const maxPage = 100;

const boundaries = (args: z.output<typeof pageArguments>): number => {
  const size = args.first ?? args.last;
  if (size === null || size === undefined) {
    throw new GitHubError(422, "You must provide a `first` or `last` value to properly paginate the connection.", {
      graphqlType: "MISSING_PAGINATION_BOUNDARIES",
    });
  }
  if (size > maxPage) {
    throw new GitHubError(
      422,
      `Requesting ${size} records on the connection exceeds the \`first\` limit of ${maxPage} records.`,
      { graphqlType: "EXCESSIVE_PAGINATION" },
    );
  }
  return size;
};

/** One page of `items` as GitHub's connections give it: no more than 100, by `first`/`after` or `last`/`before`. */
export function connection<Item>(input: unknown, items: readonly Item[], toNode: (item: Item) => unknown): Fields {
  const args = pageArguments.parse(input);
  const size = boundaries(args);
  const low = typeof args.after === "string" ? decode(args.after) + 1 : 0;
  const high = typeof args.before === "string" ? decode(args.before) : items.length;
  const forward = typeof args.first === "number";
  const start = forward ? low : Math.max(low, high - size);
  const end = forward ? Math.min(high, low + size) : high;
  const shown = items.slice(start, end);
  return {
    nodes: () => shown.map(toNode),
    edges: () => shown.map((item, index) => ({ cursor: encode(start + index), node: () => toNode(item) })),
    totalCount: items.length,
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: shown.length === 0 ? null : encode(start),
      endCursor: shown.length === 0 ? null : encode(end - 1),
    },
  };
}
