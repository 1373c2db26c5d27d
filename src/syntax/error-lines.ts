import type { SgNode } from "@ast-grep/napi";
import { kindOf } from "./kind-of.ts";

/** Nodes that may be empty in sound code: the inside of an empty string. */
const mayBeEmpty = /content$|^heredoc_/;

/**
 * Lines (1-based, ascending) where the grammar gave up (ERROR nodes) or filled in what is not there (MISSING nodes,
 * which ast-grep shows as nodes without text).
 */
export function errorLines(root: SgNode): number[] {
  const errors = root.findAll({ rule: { kind: "ERROR" } });
  const missing = root
    .findAll({ rule: { regex: "^$" } })
    .filter((node) => node.parent() !== null && !mayBeEmpty.test(kindOf(node)));
  return distinctLines([...errors, ...missing]);
}

export function distinctLines(nodes: readonly SgNode[]): number[] {
  return [...new Set(nodes.map((node) => node.range().start.line + 1))].toSorted((a, b) => a - b);
}
