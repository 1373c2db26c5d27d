import type { SgNode } from "@ast-grep/napi";
import type { NameUse, OutlineEntry } from "../review/ports.ts";
import { definitionKinds, holdsMembers } from "./definition-kinds.ts";
import { definitionName } from "./definition-name.ts";
import { identifiersNamed } from "./identifier-lines.ts";
import { kindOf } from "./kind-of.ts";
import type { Language } from "./languages.ts";
import { outlineOf } from "./outline-of.ts";
import { callKinds, headKinds, tailKinds, valueKinds } from "./value-kinds.ts";

/** Where a name stands as code, in which part, and in which definition; once for each line and part. */
export function nameUses(root: SgNode, language: Language, name: string): NameUse[] {
  const outline = outlineOf(root, language);
  const uses = identifiersNamed(root, language, name).map((node) => useOf(node, { language, name, outline }));
  const byPlace = new Map(uses.map((use) => [`${use.role} ${use.line}`, use]));
  return [...byPlace.values()].toSorted((a, b) => a.line - b.line);
}

interface Context {
  readonly language: Language;
  readonly name: string;
  readonly outline: readonly OutlineEntry[];
}

function useOf(node: SgNode, { language, name, outline }: Context): NameUse {
  const line = node.range().start.line + 1;
  const whole = standsFor(node);
  const around = whole.parent();
  if (around === null || !defines(around, { whole, language, name })) {
    return { role: roleOf(node, whole), line, startLine: line, endLine: line, within: within(outline, line) };
  }
  const own = linesOf(around);
  const others = outline.filter((entry) => !isEntry(entry, name, own));
  return { role: "definition", line, ...linesOf(widened(around)), within: within(others, line) };
}

type Lines = Pick<OutlineEntry, "startLine" | "endLine">;

/** A C macro ends before the first column of the next line. */
function linesOf(node: SgNode): Lines {
  const { start, end } = node.range();
  const endLine = end.column === 0 && end.line > start.line ? end.line : end.line + 1;
  return { startLine: start.line + 1, endLine };
}

function isEntry(entry: OutlineEntry, name: string, { startLine, endLine }: Lines): boolean {
  return lastPart(entry.name) === name && entry.startLine === startLine && entry.endLine === endLine;
}

function roleOf(node: SgNode, whole: SgNode): NameUse["role"] {
  if (isImported(node)) return "import";
  return isCallee(whole) ? "call" : "other";
}

/** The widest expression or declarator that a name stands for: `a.b.name<T>` of `name`. */
function standsFor(node: SgNode): SgNode {
  let at = node;
  for (let parent = at.parent(); parent !== null; parent = at.parent()) {
    const [inner, outer] = [at.range(), parent.range()];
    const isTail = tailKinds.has(kindOf(parent)) && inner.end.index === outer.end.index;
    const isHead = headKinds.has(kindOf(parent)) && inner.start.index === outer.start.index;
    if (!isTail && !isHead) return at;
    at = parent;
  }
  return at;
}

const notCalled = ["object", "receiver", "scope", "arguments", "value", "body"];

function isCallee(whole: SgNode): boolean {
  const around = whole.parent();
  if (around === null || !callKinds.has(kindOf(around))) return false;
  const field = (name: string): boolean => around.field(name)?.id() === whole.id();
  // Ruby constructs by a method of the class.
  if (field("receiver")) return around.field("method")?.text() === "new";
  return !notCalled.some(field);
}

interface Naming {
  readonly whole: SgNode;
  readonly language: Language;
  readonly name: string;
}

function defines(around: SgNode, { whole, language, name }: Naming): boolean {
  const kind = kindOf(around);
  if (Object.hasOwn(definitionKinds[language], kind) && lastPart(definitionName(around, language)) === name)
    return !isPart(around, ["body", "value", "right", "type", "return_type", "superclass"], whole);
  if (!valueKinds[language].has(kind) || isPart(around, ["value", "right", "type", "default_value"], whole))
    return false;
  if (kind === "pair") return isFunction(around.field("value")) && isPart(around, ["key"], whole);
  if (kind === "assignment") return isPart(around, ["left"], whole) && isLasting(around, whole);
  if (kind === "formal_parameter") return around.parent()?.parent()?.is("record_declaration") === true;
  return !isInFunction(around);
}

/** Python's `self.name = …` names a field wherever it stands; Ruby's constants are written in capitals. */
function isLasting(assignment: SgNode, left: SgNode): boolean {
  if (/^(self|cls)\./.test(left.text())) return true;
  return !isInFunction(assignment) && /^(identifier|constant|scope_resolution)$/.test(kindOf(left));
}

function lastPart(name: string | null): string | null {
  return name === null ? null : (/[^.:\s]+$/.exec(name)?.[0] ?? null);
}

function isPart(around: SgNode, fields: readonly string[], part: SgNode): boolean {
  return fields.some((field) => around.field(field)?.id() === part.id());
}

function isFunction(node: SgNode | null): boolean {
  return node !== null && /function/.test(kindOf(node));
}

function isInFunction(node: SgNode): boolean {
  return node
    .ancestors()
    .some((ancestor) => /func|method|lambda|closure|(?<!primary_)constructor|accessor/.test(kindOf(ancestor)));
}

function isImported(node: SgNode): boolean {
  return node.ancestors().some((ancestor) => /^(import|use_declaration|using|namespace_use)/.test(kindOf(ancestor)));
}

const wrappers = /^(export_statement|decorated_definition|template_declaration|field_declaration|lexical_declaration)$/;

/** With the decorators and the `export` before it. */
function widened(definition: SgNode): SgNode {
  let at = definition;
  for (let parent = at.parent(); parent !== null && wrappers.test(kindOf(parent)); parent = at.parent()) at = parent;
  return at;
}

/** The innermost definition around a line. */
function within(outline: readonly OutlineEntry[], line: number): NameUse["within"] {
  const around = outline.filter(({ startLine, endLine }) => startLine <= line && line <= endLine);
  const inner = around.at(-1);
  if (inner === undefined) return null;
  const holder = around.at(-2);
  const name = holder !== undefined && holdsMembers.has(holder.kind) ? `${holder.name}.${inner.name}` : inner.name;
  return { kind: inner.kind, name, startLine: inner.startLine, endLine: inner.endLine };
}
