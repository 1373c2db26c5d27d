import type { Usage } from "../core/run.ts";

/** The port of the model, and of the journal that keeps every exchange with it. */

export type ModelItem =
  | { readonly type: "user"; readonly text: string }
  | { readonly type: "assistant"; readonly text: string }
  | { readonly type: "call"; readonly callId: string; readonly name: string; readonly arguments: string }
  | { readonly type: "result"; readonly callId: string; readonly output: string }
  /** A provider's own item (encrypted reasoning), passed back as it came. */
  | { readonly type: "opaque"; readonly payload: string };

export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  /** JSON Schema, strict: every property required, additionalProperties false. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface ModelRequest {
  /** Where in the run this stands: the journal's key. Turns of a conversation count from 0. */
  readonly at: { readonly stage: string; readonly conversation: string; readonly turn: number };
  readonly promptVersion: string;
  readonly model: string;
  readonly effort: "minimal" | "low" | "medium" | "high" | null;
  /** The stable part, first in the prompt. */
  readonly instructions: string;
  readonly input: readonly ModelItem[];
  readonly tools: readonly ToolSpec[];
  readonly output: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> } | null;
  readonly maxOutputTokens: number;
  readonly cacheKey: string;
}

export interface ModelTurn {
  /** What to append to `input` for the next turn. */
  readonly items: readonly ModelItem[];
  readonly text: string;
  readonly calls: readonly { readonly callId: string; readonly name: string; readonly arguments: string }[];
  readonly stop: "end" | "cut_off" | "refused";
  readonly usage: Usage;
  readonly model: string;
}

/**
 * One turn with a model. Throws `ModelError` (an OperationalError with `kind`) after its own retries: `auth` (401, 403)
 * and `request` (400) are final, `unavailable` covers 429, 5xx and time-outs.
 */
export interface Model {
  readonly turn: (request: ModelRequest, signal: AbortSignal) => Promise<ModelTurn>;
}

/** One exchange, kept whole. `digest` is of the canonical request with the run's random fence masked. */
export interface JournalEntry {
  readonly stage: string;
  readonly conversation: string;
  readonly turn: number;
  readonly promptVersion: string;
  readonly digest: string;
  /** The canonical request as JSON text, of a later turn what it adds; kept for a diff when a replay does not match. */
  readonly request: string;
  readonly answer: ModelTurn;
}

export interface Journal {
  readonly find: (runId: string, at: ModelRequest["at"]) => Promise<JournalEntry | null>;
  /** Keeps an exchange of a started run, in place of an older one there, and books what it cost. */
  readonly append: (runId: string, entry: JournalEntry) => Promise<void>;
}
