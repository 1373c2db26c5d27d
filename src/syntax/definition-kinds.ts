import type { Language } from "./languages.ts";

/** Node kinds of a grammar that define something, with the word for it in an outline. */
type DefinitionKinds = Readonly<Record<string, string>>;

const javascript: DefinitionKinds = {
  function_declaration: "function",
  generator_function_declaration: "function",
  class_declaration: "class",
  method_definition: "method",
  field_definition: "method",
  variable_declarator: "function",
  assignment_expression: "function",
  export_statement: "function",
};

const typescript: DefinitionKinds = {
  function_declaration: "function",
  generator_function_declaration: "function",
  function_signature: "function",
  class_declaration: "class",
  abstract_class_declaration: "class",
  method_definition: "method",
  abstract_method_signature: "method",
  public_field_definition: "method",
  variable_declarator: "function",
  assignment_expression: "function",
  export_statement: "function",
  interface_declaration: "interface",
  type_alias_declaration: "type",
  enum_declaration: "enum",
  internal_module: "namespace",
};

const c: DefinitionKinds = {
  function_definition: "function",
  struct_specifier: "struct",
  union_specifier: "union",
  enum_specifier: "enum",
  type_definition: "type",
};

export const definitionKinds: Readonly<Record<Language, DefinitionKinds>> = {
  javascript,
  typescript,
  tsx: typescript,
  c,
  cpp: { ...c, class_specifier: "class", namespace_definition: "namespace" },
  python: { class_definition: "class", function_definition: "function" },
  go: { function_declaration: "function", method_declaration: "method", type_spec: "type", type_alias: "type" },
  java: {
    class_declaration: "class",
    interface_declaration: "interface",
    enum_declaration: "enum",
    record_declaration: "record",
    annotation_type_declaration: "annotation",
    method_declaration: "method",
    constructor_declaration: "constructor",
  },
  rust: {
    function_item: "function",
    function_signature_item: "function",
    struct_item: "struct",
    enum_item: "enum",
    union_item: "union",
    trait_item: "trait",
    impl_item: "impl",
    mod_item: "module",
    type_item: "type",
    macro_definition: "macro",
  },
  ruby: { module: "module", class: "class", method: "method", singleton_method: "method" },
  php: {
    function_definition: "function",
    method_declaration: "method",
    class_declaration: "class",
    interface_declaration: "interface",
    trait_declaration: "trait",
    enum_declaration: "enum",
  },
  csharp: {
    namespace_declaration: "namespace",
    class_declaration: "class",
    struct_declaration: "struct",
    interface_declaration: "interface",
    enum_declaration: "enum",
    record_declaration: "record",
    delegate_declaration: "delegate",
    method_declaration: "method",
    constructor_declaration: "constructor",
    property_declaration: "property",
    local_function_statement: "function",
  },
  kotlin: { class_declaration: "class", object_declaration: "object", function_declaration: "function" },
};

/** What holds members: a function directly inside is a method. */
export const holdsMembers: ReadonlySet<string> = new Set([
  "class",
  "struct",
  "union",
  "interface",
  "trait",
  "impl",
  "object",
  "enum",
  "record",
]);
