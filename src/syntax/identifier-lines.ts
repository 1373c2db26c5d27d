import type { SgNode } from "@ast-grep/napi";
import { distinctLines } from "./error-lines.ts";
import type { Language } from "./languages.ts";

const script = [
  "identifier",
  "property_identifier",
  "private_property_identifier",
  "shorthand_property_identifier",
  "shorthand_property_identifier_pattern",
];
const c = ["identifier", "field_identifier", "type_identifier"];

/** Kinds of the nodes that are names in code; comments and strings hold none of them. */
const identifierKinds: Readonly<Record<Language, readonly string[]>> = {
  javascript: script,
  typescript: [...script, "type_identifier"],
  tsx: [...script, "type_identifier"],
  python: ["identifier"],
  go: ["identifier", "field_identifier", "type_identifier", "package_identifier"],
  java: ["identifier", "type_identifier"],
  rust: ["identifier", "field_identifier", "type_identifier", "shorthand_field_identifier"],
  ruby: ["identifier", "constant", "instance_variable", "class_variable", "global_variable"],
  php: ["name", "variable_name"],
  c,
  cpp: [...c, "namespace_identifier"],
  csharp: ["identifier"],
  kotlin: ["simple_identifier", "type_identifier"],
};

/** Lines (1-based, ascending) on which an identifier is exactly `name`. */
export function identifierLines(root: SgNode, language: Language, name: string): number[] {
  return distinctLines(identifiersNamed(root, language, name));
}

/** The nodes of identifiers that are exactly `name`, in the order of the text. */
export function identifiersNamed(root: SgNode, language: Language, name: string): SgNode[] {
  const any = identifierKinds[language].map((kind) => ({ kind }));
  return root.findAll({ rule: { any, regex: `^${escapeRegex(name)}$` } });
}

function escapeRegex(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|#&~-]/g, String.raw`\$&`);
}
