import { countOf } from "../count-of.ts";

/**
 * Room of each section in characters. The table and the full findings never stand together, so all sections stay under GitHub's 65,535 for a comment, a review body or
 * a check run's summary, so that a text is cut between entries and never where its Markdown would break.
 */
export const room = {
  verdict: 3_000,
  table: 9_000,
  standing: 4_000,
  full: 24_000,
  unconfirmed: 9_000,
  folded: 6_000,
  coverage: 5_000,
  notices: 3_000,
  agent: 9_000,
} as const;

interface Fitted {
  readonly shown: readonly string[];
  /** Counts what did not fit; empty when everything did. */
  readonly cut: string;
}

interface Noun {
  readonly one: string;
  readonly many: string;
}

/** As many entries as fit into `max` characters. */
export const fitEntries = (entries: readonly string[], max: number, { one, many }: Noun): Fitted => {
  let used = 0;
  const over = entries.findIndex((entry) => {
    used += entry.length + 2;
    return used > max;
  });
  if (over === -1) return { shown: entries, cut: "" };
  const left = countOf(entries.length - over, `more ${one}`, `more ${many}`);
  return { shown: entries.slice(0, over), cut: `… and ${left}, left out for lack of room.` };
};

/** The same as one text, its entries parted by `separator`. */
export const fitText = (
  entries: readonly string[],
  max: number,
  what: Noun & { readonly separator: string },
): string => {
  const { shown, cut } = fitEntries(entries, max, what);
  return [...shown, cut].filter((entry) => entry !== "").join(what.separator);
};

/** A part that opens on a click. */
export const foldedPart = (summary: string, content: string): string =>
  `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
