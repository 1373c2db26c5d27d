import type { SgNode } from "@ast-grep/napi";
import { kindOf } from "./kind-of.ts";
import type { Language } from "./languages.ts";

interface Definition {
  readonly node: SgNode;
  readonly name: string;
  readonly language: Language;
  /** What a JavaScript or TypeScript file exports by name, apart from the definition. */
  readonly exportedNames: ReadonlySet<string>;
}

const rules: Readonly<Record<Language, (definition: Definition) => boolean>> = {
  javascript: isVisibleScript,
  typescript: isVisibleScript,
  tsx: isVisibleScript,
  python: ({ name }) => !name.startsWith("_") || /^__\w+__$/.test(name),
  go: ({ name }) => /^\p{Lu}/u.test(name),
  java: isPublicOrInInterface,
  csharp: isPublicOrInInterface,
  rust: ({ node }) =>
    node.is("impl_item") || hasModifier(node, /^pub/) || isInside(node, "trait_item") || isInTraitImpl(node),
  ruby: ({ node }) => !/^(private|protected)$/.test(nearestBefore(node, "identifier") ?? ""),
  php: isNotHidden,
  kotlin: isNotHidden,
  c: ({ node }) => !isStatic(node),
  cpp: isVisibleCpp,
};

/** Whether other files may use a definition, going by its own words alone; the caller looks at what it stands in. */
export function isVisible(definition: Definition): boolean {
  return rules[definition.language](definition);
}

function isPublicOrInInterface({ node }: Definition): boolean {
  return hasModifier(node, /\bpublic\b/) || isInside(node, "interface_declaration");
}

function isNotHidden({ node }: Definition): boolean {
  return !hasModifier(node, /\b(private|protected|internal)\b/);
}

function isVisibleScript({ node, name, exportedNames }: Definition): boolean {
  const kind = kindOf(node);
  if (kind === "export_statement") return true;
  if (kind === "assignment_expression") return /^(module\.)?exports\b/.test(name);
  if (node.parent()?.is("class_body") === true)
    return !name.startsWith("#") && !hasModifier(node, /^(private|protected)$/);
  const statement = kind === "variable_declarator" ? node.parent() : node;
  return statement?.parent()?.is("export_statement") === true || exportedNames.has(name);
}

function isVisibleCpp({ node }: Definition): boolean {
  const container = node.parent();
  if (container?.is("field_declaration_list") !== true) return !isStatic(node);
  const access = nearestBefore(node, "access_specifier");
  return access === null ? container.parent()?.is("class_specifier") !== true : access === "public";
}

/** Words before the name: `public static`, `pub(crate)`, `private`. */
function hasModifier(node: SgNode, word: RegExp): boolean {
  return node.children().some((child) => kindOf(child).includes("modifier") && word.test(child.text()));
}

function isStatic(node: SgNode): boolean {
  return node.children().some((child) => child.is("storage_class_specifier") && child.text() === "static");
}

/** Whether a member stands directly in the body of a node of this kind. */
function isInside(node: SgNode, kind: string): boolean {
  return node.parent()?.parent()?.is(kind) === true;
}

function isInTraitImpl(node: SgNode): boolean {
  const container = node.parent()?.parent() ?? null;
  return container?.is("impl_item") === true && container.field("trait") !== null;
}

/** Text of the nearest sibling of a kind before a node: `private` in Ruby, `public:` in C++. */
function nearestBefore(node: SgNode, kind: string): string | null {
  for (let at = node.prev(); at !== null; at = at.prev()) {
    if (at.is(kind)) return at.text();
  }
  return null;
}
