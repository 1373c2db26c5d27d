import type { SgNode } from "@ast-grep/napi";

/** A node's kind as plain text; ast-grep types it by a grammar's own map, which is not at hand for all of them. */
export function kindOf(node: SgNode): string {
  return String(node.kind());
}
