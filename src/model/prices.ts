import type { Usage } from "../core/run.ts";

/** US dollars for a million tokens. */
export interface ModelPrice {
  readonly input: number;
  readonly cachedInput: number;
  readonly output: number;
}

/** By model name, exactly as it is asked for. */
export type ModelPrices = Readonly<Record<string, ModelPrice>>;

export interface TokenCounts {
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
}

/** One call's usage; its cost is null where the model has no price. */
export const priceCall = (counts: TokenCounts, price: ModelPrice | undefined): Usage => ({
  calls: 1,
  ...counts,
  usd: price === undefined ? null : costOf(counts, price),
});

const costOf = ({ inputTokens, cachedTokens, outputTokens }: TokenCounts, price: ModelPrice): number =>
  ((inputTokens - cachedTokens) * price.input + cachedTokens * price.cachedInput + outputTokens * price.output) / 1e6;

/**
 * Token counts by length, for servers that send none: four characters a token, so that the token budget still binds.
 */
export const estimateTokens = (sent: string, received: string): TokenCounts => ({
  inputTokens: Math.ceil(sent.length / 4),
  cachedTokens: 0,
  outputTokens: Math.ceil(received.length / 4),
});
