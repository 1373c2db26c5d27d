import { isMap, isScalar, LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";
import { defaultPolicy, policySchema, type ReviewPolicy } from "../core/policy.ts";

export const policyPath = ".github/codex-review.yml";

/** One thing that is wrong with a policy file; lines are 1-based. */
interface PolicyProblem {
  readonly branch: "base" | "default";
  readonly line: number;
  readonly message: string;
}

export interface ReadPolicy {
  readonly policy: ReviewPolicy;
  readonly problems: readonly PolicyProblem[];
}

const maxLength = 64 * 1024;

/**
 * The policy in force. `commands`, `commits`, `budget` and `triggers.authors` count from the default branch alone, the
 * rest from the base branch's tip. A file with errors counts as the defaults, and its problems are reported.
 */
export const readPolicy = (texts: { readonly base: string | null; readonly default: string | null }): ReadPolicy => {
  const base = readFile(texts.base, "base");
  const main = texts.default === texts.base ? base : readFile(texts.default, "default");
  return {
    policy: {
      ...base.policy,
      commands: main.policy.commands,
      commits: main.policy.commits,
      budget: main.policy.budget,
      triggers: { ...base.policy.triggers, authors: main.policy.triggers.authors },
    },
    problems: main === base ? base.problems : [...base.problems, ...main.problems],
  };
};

const readFile = (text: string | null, branch: PolicyProblem["branch"]): ReadPolicy => {
  if (text === null || text.trim() === "") return { policy: defaultPolicy, problems: [] };
  if (text.length > maxLength) return invalid([{ branch, line: 1, message: "the file is over 64 KiB" }]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, schema: "core", merge: false });
  const syntax = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
    branch,
    line: lines.linePos(pos[0]).line,
    message: message.split("\n")[0] ?? message,
  }));
  if (syntax.length > 0) return invalid(syntax);
  const value = toPlain(document);
  if ("problem" in value) return invalid([{ branch, line: 1, message: value.problem }]);
  const result = policySchema.safeParse(value.plain ?? {});
  if (result.success) return { policy: result.data, problems: [] };
  return invalid(
    result.error.issues.map((issue) => ({ branch, line: lineOf(document, lines, issue), message: sentence(issue) })),
  );
};

const invalid = (problems: readonly PolicyProblem[]): ReadPolicy => ({ policy: defaultPolicy, problems });

/** Aliases can blow a small file up without end, and no policy needs them. */
const toPlain = (document: Document): { readonly plain: unknown } | { readonly problem: string } => {
  try {
    const plain: unknown = document.toJS({ maxAliasCount: 0 });
    return { plain };
  } catch (error) {
    if (error instanceof ReferenceError) return { problem: "YAML aliases are not allowed" };
    throw error;
  }
};

/** The line of the deepest node on the issue's path that the file holds; for an unknown key, of that key. */
const lineOf = (document: Document, lines: LineCounter, issue: z.core.$ZodIssue): number => {
  const parts = issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
  for (let depth = parts.length; depth >= 0; depth--) {
    const node: unknown = depth === 0 ? document.contents : document.getIn(parts.slice(0, depth), true);
    const offset = offsetOf(node, issue);
    if (offset !== null) return lines.linePos(offset).line;
  }
  return 1;
};

const offsetOf = (node: unknown, issue: z.core.$ZodIssue): number | null => {
  if (isMap(node) && issue.code === "unrecognized_keys") {
    const keys: readonly string[] = issue.keys;
    const pair = node.items.find(
      ({ key }) => isScalar(key) && typeof key.value === "string" && keys.includes(key.value),
    );
    if (pair !== undefined && isScalar(pair.key)) return pair.key.range?.[0] ?? null;
  }
  if (isScalar(node) || isMap(node)) return node.range?.[0] ?? null;
  return null;
};

const sentence = (issue: z.core.$ZodIssue): string => {
  const place = issue.path.map(String).join(".");
  return place === "" ? issue.message : `\`${place}\`: ${issue.message}`;
};
