import type { Contradiction, LineRange } from "./evidence.ts";
import type { FactClaim } from "./fact-claim.ts";

/** One use of a name as the grammar sees it; see NameUse of the port `Syntax`. */
interface SeenUse {
  readonly line: number;
  readonly role: "definition" | "call" | "import" | "other";
  readonly startLine: number;
  readonly endLine: number;
  readonly within: object | null;
}

/** A file of the head with the uses of the claim's name in it. */
export interface SeenFile {
  readonly path: string;
  readonly lines: readonly string[];
  readonly uses: readonly SeenUse[];
}

export interface Seen {
  readonly claim: FactClaim;
  /** Where the claim's quote stands, at the head. */
  readonly range: LineRange;
  readonly file: SeenFile;
  /** Other files that hold the name: tests for "untested", all but tests for "unused". */
  readonly others: readonly SeenFile[];
}

/**
 * The line that plainly contradicts a claim, null where none does. When in doubt there is none: a claim that is let
 * through meets a reader, one that is dropped meets nobody.
 */
export const contradictionOf = (seen: Seen): Contradiction | null => {
  const { kind } = seen.claim;
  if (kind === "not_defined" || kind === "not_imported") return bindingBefore(seen);
  if (kind === "not_awaited") return awaitedIn(seen);
  if (kind === "unused") return useOf(seen);
  return kind === "untested" ? (callElsewhere(seen) ?? null) : null;
};

const at = ({ path, lines }: SeenFile, line: number): Contradiction => ({
  path,
  line,
  text: (lines[line - 1] ?? "").trim(),
});

/** The name is bound for the whole file by a line before the quote, and the quote uses it as a name of its own. */
const bindingBefore = ({ claim: { name }, range, file }: Seen): Contradiction | null => {
  const bare = new RegExp(String.raw`(?<![\p{L}\p{N}_$.>:'"\x60@-])${escaped(name)}(?![\p{L}\p{N}_$'"\x60-])`, "u");
  if (!file.lines.slice(range.startLine - 1, range.endLine).some((line) => bare.test(line))) return null;
  const binding = file.uses.find(
    (use) => use.within === null && use.endLine < range.startLine && binds(use, file, name),
  );
  return binding === undefined ? null : at(file, binding.line);
};

const binds = ({ role, line }: SeenUse, { path, lines }: SeenFile, name: string): boolean => {
  const text = lines[line - 1] ?? "";
  if (role === "definition") return /^\S/u.test(text) && !isTypeOnly.test(text);
  if (role !== "import") return false;
  const head = lines.slice(0, line).findLast((before) => /^[^\s})]/u.test(before)) ?? "";
  if (!/^(?:import|from|use|using)\b/u.test(head) || isTypeOnly.test(head) || isTypeOnly.test(text)) return false;
  return !isRenamed(text, name) && (!path.endsWith(".py") || bindsInPython(text, name));
};

const isTypeOnly = /^\s*(?:export\s+)?(?:declare|interface|type|import\s+type)\b/u;

/** `x as y` binds y. */
const isRenamed = (text: string, name: string): boolean =>
  new RegExp(String.raw`(?<![\p{L}\p{N}_$])${escaped(name)}\s+as\s`, "u").test(text);

/** `import a.b` binds a, and `from a import b` binds b. */
const bindsInPython = (text: string, name: string): boolean =>
  !new RegExp(String.raw`\.${escaped(name)}\b`, "u").test(text) &&
  !new RegExp(String.raw`^\s*from\s+[\w.]*\b${escaped(name)}\b(?:.*import(?!.*\b${escaped(name)}\b))`, "u").test(text);

/** Every call of the name in the quoted lines stands behind an await, and no callback is about. */
const awaitedIn = ({ claim: { name }, range, file }: Seen): Contradiction | null => {
  const rows = file.lines.slice(range.startLine - 1, range.endLine);
  if (rows.some((row) => /=>|\b(?:function|lambda|forEach|map|gather|all)\b/u.test(row))) return null;
  const calls = callsOf(name);
  const awaited = new RegExp(String.raw`\bawait\s+(?:[\p{L}\p{N}_$]+\??\.)*${escaped(name)}\s*\(`, "gu");
  const count = (pattern: RegExp): number => rows.reduce((sum, row) => sum + (row.match(pattern)?.length ?? 0), 0);
  if (count(calls) === 0 || count(calls) !== count(awaited)) return null;
  return at(file, range.startLine + rows.findIndex((row) => row.search(calls) !== -1));
};

const callsOf = (name: string): RegExp => new RegExp(String.raw`(?<![\p{L}\p{N}_$])${escaped(name)}\s*\(`, "gu");

/** The quote defines the name, once and for the whole file, and code outside of that definition calls it. */
const useOf = (seen: Seen): Contradiction | null => {
  const { range, file } = seen;
  const [definition, ...more] = file.uses.filter(({ role }) => role === "definition");
  if (definition === undefined || more.length > 0 || definition.within !== null) return null;
  if (range.startLine > definition.endLine || definition.startLine > range.endLine) return null;
  const call = file.uses.find(
    ({ role, line }) => role === "call" && (line < definition.startLine || line > definition.endLine),
  );
  return call === undefined ? callElsewhere(seen) : at(file, call.line);
};

/** A file that imports the name from this one, or from its package, calls it. */
const callElsewhere = ({ file, others }: Seen): Contradiction | null => {
  for (const other of others) {
    const call = other.uses.find(({ role }) => role === "call");
    const isOwn = other.uses.some(({ role }) => role === "definition");
    if (call !== undefined && !isOwn && comesFrom(other, file.path)) return at(other, call.line);
  }
  return null;
};

const comesFrom = (other: SeenFile, path: string): boolean => {
  if (path.endsWith(".go")) return folderOf(other.path) === folderOf(path);
  const module = moduleOf(path);
  return other.uses.some(({ role, line }) => role === "import" && namesModule(statementAt(other, line), module));
};

/** From the line on which an import statement opens to the one on which it names its module. */
const statementAt = ({ lines }: SeenFile, line: number): string => {
  const start = lines.slice(0, line).findLastIndex((row) => /^\s*(?:import|from|use|using|const|export)\b/u.test(row));
  const closing = lines.findIndex((row, index) => index >= line - 1 && /['"]|;\s*$/u.test(row));
  return lines.slice(Math.max(0, start), (closing === -1 ? line - 1 : closing) + 1).join(" ");
};

const namesModule = (statement: string, module: string): boolean =>
  new RegExp(String.raw`(?<![\p{L}\p{N}_-])${escaped(module)}(?![\p{L}\p{N}_-])`, "u").test(statement);

/** What others import a file by: its name, or its folder's where it speaks for the folder. */
const moduleOf = (path: string): string => {
  const parts = path.replace(/\.\w+$/u, "").split("/");
  const last = parts.at(-1) ?? "";
  return /^(?:index|__init__|mod|lib)$/u.test(last) ? (parts.at(-2) ?? last) : last;
};

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/gu, String.raw`\$&`);
