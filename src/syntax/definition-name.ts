import type { SgNode } from "@ast-grep/napi";
import { kindOf } from "./kind-of.ts";
import type { Language } from "./languages.ts";

const functionLike = new Set(["arrow_function", "function_expression", "generator_function", "class"]);

const named = (node: SgNode): string | null => node.field("name")?.text() ?? null;

const readers: Readonly<Record<Language, (node: SgNode) => string | null>> = {
  javascript: scriptName,
  typescript: scriptName,
  tsx: scriptName,
  c: cName,
  cpp: cName,
  rust: rustName,
  kotlin: kotlinName,
  python: named,
  go: named,
  java: named,
  ruby: named,
  php: named,
  csharp: named,
};

/** The name of a definition, null where the node of a defining kind defines nothing worth an outline. */
export function definitionName(node: SgNode, language: Language): string | null {
  return readers[language](node);
}

/** Variables, fields and assignments define only where their value is a function or a class. */
function scriptName(node: SgNode): string | null {
  const kind = kindOf(node);
  if (kind === "assignment_expression") return assignedName(node);
  if (kind === "export_statement") return isFunctionLike(node.field("value")) ? "default" : null;
  if (kind === "variable_declarator") return isFunctionLike(node.field("value")) ? named(node) : null;
  if (kind === "public_field_definition") return isFunctionLike(node.field("value")) ? named(node) : null;
  if (kind === "field_definition")
    return isFunctionLike(node.field("value")) ? (node.field("property")?.text() ?? null) : null;
  return named(node);
}

function assignedName(node: SgNode): string | null {
  const left = node.field("left");
  if (left?.kind() !== "member_expression" || !isFunctionLike(node.field("right"))) return null;
  const name = left.text();
  return /^[\w$.#]+$/.test(name) ? name : null;
}

function isFunctionLike(node: SgNode | null): boolean {
  return node !== null && functionLike.has(kindOf(node));
}

/** Walks `int *(*f)(int)` down to `f`; structs without a body are uses of a type, not definitions. */
function cName(node: SgNode): string | null {
  const kind = kindOf(node);
  if (kind === "namespace_definition") return named(node);
  if (kind.endsWith("_specifier")) return node.field("body") === null ? null : named(node);
  return declaratorName(node.field("declarator"));
}

function declaratorName(declarator: SgNode | null): string | null {
  let at = declarator;
  for (let next = at?.field("declarator") ?? null; next !== null; next = next.field("declarator")) at = next;
  return at?.text() ?? null;
}

function rustName(node: SgNode): string | null {
  if (node.kind() === "impl_item") {
    const type = node.field("type")?.text() ?? null;
    const trait = node.field("trait")?.text();
    return trait === undefined ? type : `${trait} for ${type ?? "?"}`;
  }
  return node.kind() === "mod_item" && node.field("body") === null ? null : named(node);
}

/** The Kotlin grammar names no fields; the name is the first plain identifier among the children. */
function kotlinName(node: SgNode): string | null {
  const name = node.children().find((child) => child.is("simple_identifier") || child.is("type_identifier"));
  return name?.text() ?? null;
}
