import type { Candidate, Category, Severity } from "../core/candidate.ts";

/** What a rule of an analyzer means to a reader. `happens` is a full sentence or two on what goes wrong when it runs. */
export interface RuleText {
  readonly severity: Severity;
  readonly category: Category;
  /** In the imperative. */
  readonly title: string;
  readonly happens: string;
  /** 0.9 where it is not given. */
  readonly confidence?: number;
}

/** One place where a rule holds. `quote` is copied from the head; `detail` is what the analyzer says of this place. */
export interface RuleHit {
  readonly analyzer: string;
  readonly rule: string;
  readonly text: RuleText;
  readonly path: string;
  readonly startLine: number;
  readonly line: number;
  readonly quote: string;
  readonly detail: string | null;
  readonly replacement: string | null;
}

const longestDetail = 400;

/** The candidate of a rule's hit; its id says rule and place, so the same hit on the same head has the same id. */
export function ruleCandidate(hit: RuleHit): Candidate {
  const { text, detail } = hit;
  return {
    id: `${hit.analyzer}:${hit.rule}:${hit.path}:${hit.startLine}`,
    origin: { kind: "rule", analyzer: hit.analyzer, rule: hit.rule },
    title: text.title,
    body: detail === null ? text.happens : `${text.happens} Here: ${sentence(detail)}`,
    severity: text.severity,
    category: text.category,
    confidence: text.confidence ?? 0.9,
    path: hit.path,
    side: "RIGHT",
    startLine: hit.startLine,
    line: hit.line,
    quote: hit.quote,
    trigger: null,
    evidence: [],
    replacement: hit.replacement,
    rule: null,
    premises: [],
  };
}

function sentence(detail: string): string {
  const text = detail.replaceAll(/\s+/g, " ").trim().slice(0, longestDetail).toWellFormed();
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
