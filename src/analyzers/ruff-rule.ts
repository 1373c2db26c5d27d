import type { RuleText } from "./rule-candidate.ts";

/** One meaning for some of ruff's codes; it holds only where the message does not match `unlessMessage`. */
export interface RuffRule extends RuleText {
  readonly codes: readonly string[];
  readonly unlessMessage?: RegExp;
}
