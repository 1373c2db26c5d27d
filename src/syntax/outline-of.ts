import type { SgNode } from "@ast-grep/napi";
import type { OutlineEntry } from "../review/ports.ts";
import { definitionKinds, holdsMembers } from "./definition-kinds.ts";
import { definitionName } from "./definition-name.ts";
import { exportedNames } from "./exported-names.ts";
import { isVisible } from "./is-visible.ts";
import { kindOf } from "./kind-of.ts";
import type { Language } from "./languages.ts";

const longestSignature = 200;
/** For the grammars that name no field for it. */
const isBody = /(^|_)(body|block)$/;

/** Functions, classes, methods and types of a file, in the order in which they stand; containers come before members. */
export function outlineOf(root: SgNode, language: Language): OutlineEntry[] {
  const kinds = definitionKinds[language];
  const rule = { any: Object.keys(kinds).map((kind) => ({ kind })) };
  const exported = isScript(language) ? exportedNames(root) : new Set<string>();
  const entries: OutlineEntry[] = [];
  const open: OpenEntry[] = [];
  for (const node of root.findAll({ rule })) {
    const name = node.isNamed() ? definitionName(node, language) : null;
    if (name === null) continue;
    const range = node.range();
    while ((open.at(-1)?.end ?? Infinity) <= range.start.index) open.pop();
    const around = open.at(-1)?.entry ?? null;
    if (isLocalValue(node, around)) continue;
    const visible = isVisible({ node, name, language, exportedNames: exported });
    const entry = {
      kind: kindWithin(kinds[kindOf(node)] ?? kindOf(node), around),
      name,
      startLine: range.start.line + 1,
      endLine: range.end.line + 1,
      exported: visible && (around === null || (around.exported && !isFunction(around))),
      signature: signatureOf(node),
    };
    entries.push(entry);
    open.push({ entry, end: range.end.index });
  }
  return entries;
}

interface OpenEntry {
  readonly entry: OutlineEntry;
  readonly end: number;
}

function isScript(language: Language): boolean {
  return language === "javascript" || language === "typescript" || language === "tsx";
}

function isFunction(entry: OutlineEntry): boolean {
  return entry.kind === "function" || entry.kind === "method" || entry.kind === "constructor";
}

/** A callback kept in a variable inside a function says nothing about the file. */
function isLocalValue(node: SgNode, around: OutlineEntry | null): boolean {
  const isValue = node.is("variable_declarator") || node.is("assignment_expression");
  return isValue && around !== null && isFunction(around);
}

function kindWithin(kind: string, around: OutlineEntry | null): string {
  return kind === "function" && around !== null && holdsMembers.has(around.kind) ? "method" : kind;
}

/** The text up to the body, on one line. */
function signatureOf(node: SgNode): string {
  const declaring = node.field("value") ?? node.field("right") ?? node;
  const body = declaring.field("body") ?? declaring.children().find((child) => isBody.test(kindOf(child)));
  const text = node.text();
  const start = node.range().start.index;
  const head =
    body === undefined ? text.slice(0, 2 * longestSignature) : text.slice(0, body.range().start.index - start);
  const oneLine = head
    .replaceAll(/\s+/g, " ")
    .replace(/ ?(=>|[={:])? ?$/, "")
    .trim();
  return oneLine.length > longestSignature ? `${oneLine.slice(0, longestSignature - 1)}…` : oneLine;
}
