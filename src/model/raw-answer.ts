import type { ModelItem, ModelTurn } from "../review/model-ports.ts";
import type { TokenCounts } from "./prices.ts";

/** A server's answer in the port's terms, before it is priced. `counts` is null where the server sent none. */
export interface RawAnswer {
  readonly items: readonly ModelItem[];
  readonly stop: ModelTurn["stop"];
  readonly counts: TokenCounts | null;
}

/** What one call adds to a request: the model that is asked, which a fallback or an old refusal may change. */
export interface WireCall {
  readonly model: string;
  /** False after the server refused reasoning parameters for this model. */
  readonly reasoning: boolean;
  readonly signal: AbortSignal;
}
