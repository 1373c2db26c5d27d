/** What a second reader said. Its quotes were checked by the program before this was written. */
export interface Judgement {
  readonly verdict: "confirmed" | "refuted" | "unsure";
  readonly reason: string;
  readonly quotes: readonly { readonly path: string; readonly quote: string; readonly found: boolean }[];
  /** Whether the base does not fail alike. */
  readonly introduced: boolean;
  /** Whether the change's author, if told, would want to fix it before merging. */
  readonly worthFixing: "yes" | "minor" | "no";
}

/**
 * What came of the second reading. `earlier` is the judgement of a reader who was unsure, where a further one was
 * asked in other words and decided.
 */
export type VerifierEvidence =
  (Judgement & { readonly earlier: Judgement | null }) | { readonly verdict: "not_verified"; readonly reason: string };
