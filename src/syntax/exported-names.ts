import type { SgNode } from "@ast-grep/napi";

/** Names in `export { name }`, `export default name`, `module.exports = name` and `module.exports = { name }`. */
export function exportedNames(root: SgNode): ReadonlySet<string> {
  const specifiers = root.findAll({ rule: { kind: "export_specifier" } }).map((node) => node.field("name"));
  const defaults = root.findAll({ rule: { kind: "export_statement" } }).map((node) => node.field("value"));
  const assigned = root
    .findAll({ rule: { kind: "assignment_expression", regex: "^(module\\.)?exports\\s*=" } })
    .map((node) => node.field("right"));
  const members = assigned.flatMap((node) => (node?.is("object") === true ? node.children() : []));
  const names = [...specifiers, ...defaults, ...assigned, ...members].map((node) => node?.text() ?? "");
  return new Set(names.filter((name) => /^[\w$]+$/.test(name)));
}
