import type { Judged, LineRange } from "./evidence.ts";

/** Where a candidate's quote stands; null when it was not found. */
export const rangeOf = ({ evidence }: Judged): LineRange | null =>
  "range" in evidence.quote ? evidence.quote.range : null;

export const rangesOverlap = (a: LineRange | null, b: LineRange | null): boolean =>
  a !== null &&
  b !== null &&
  a.path === b.path &&
  a.side === b.side &&
  a.startLine <= b.endLine &&
  b.startLine <= a.endLine;
