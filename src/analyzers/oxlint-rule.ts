import type { RuleText } from "./rule-candidate.ts";

/** A rule that holds only in files that match `needs` and not `unless`, and only on lines that match `lines`. */
export interface OxlintRule extends RuleText {
  readonly needs?: RegExp;
  readonly unless?: RegExp;
  readonly lines?: RegExp;
  readonly notInTests?: boolean;
}
