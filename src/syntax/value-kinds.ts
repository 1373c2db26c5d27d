import type { Language } from "./languages.ts";

const javascript = ["variable_declarator", "field_definition", "pair"];
const typescript = [
  "variable_declarator",
  "public_field_definition",
  "pair",
  "enum_assignment",
  "enum_body",
  "property_signature",
  "method_signature",
];
const c = ["preproc_def", "preproc_function_def", "declaration", "field_declaration", "enumerator"];

/** Node kinds of a grammar that give a constant, a field or a member its name; an outline lists none of them. */
export const valueKinds: Readonly<Record<Language, ReadonlySet<string>>> = {
  javascript: new Set(javascript),
  typescript: new Set(typescript),
  tsx: new Set(typescript),
  python: new Set(["assignment"]),
  go: new Set(["const_spec", "var_spec", "field_declaration", "method_elem"]),
  java: new Set(["variable_declarator", "enum_constant", "formal_parameter"]),
  rust: new Set(["const_item", "static_item", "field_declaration", "enum_variant"]),
  ruby: new Set(["assignment"]),
  php: new Set(["const_element", "property_element", "enum_case"]),
  c: new Set(c),
  cpp: new Set([...c, "alias_declaration"]),
  csharp: new Set(["variable_declarator", "enum_member_declaration"]),
  kotlin: new Set(["property_declaration", "class_parameter", "enum_entry", "type_alias"]),
};

/** Nodes, in any grammar, that call, construct, render or apply what they name. */
export const callKinds: ReadonlySet<string> = new Set([
  "call_expression",
  "new_expression",
  "decorator",
  "jsx_self_closing_element",
  "jsx_opening_element",
  "call",
  "method_invocation",
  "object_creation_expression",
  "annotation",
  "marker_annotation",
  "macro_invocation",
  "struct_expression",
  "composite_literal",
  "type_conversion_expression",
  "function_call_expression",
  "member_call_expression",
  "nullsafe_member_call_expression",
  "scoped_call_expression",
  "invocation_expression",
  "attribute_item",
]);

/** `a.N`, `a::N`, `*N`: what ends with a name stands for it. */
export const tailKinds: ReadonlySet<string> = new Set([
  "member_expression",
  "attribute",
  "selector_expression",
  "field_expression",
  "member_access_expression",
  "scoped_identifier",
  "scoped_type_identifier",
  "qualified_identifier",
  "qualified_name",
  "qualified_type",
  "member_binding_expression",
  "conditional_access_expression",
  "navigation_suffix",
  "navigation_expression",
  "scope_resolution",
  "pointer_declarator",
  "reference_declarator",
  "variable_name",
  "dotted_name",
]);

/** `N<T>`, `N!`, `N[3]`, `N: Int`: so does what begins with one. */
export const headKinds: ReadonlySet<string> = new Set([
  "generic_type",
  "generic_function",
  "generic_name",
  "template_function",
  "template_method",
  "template_type",
  "non_null_expression",
  "init_declarator",
  "array_declarator",
  "function_declarator",
  "variable_declaration",
]);
