import { applyReplacement } from "../core/apply-replacement.ts";
import type { Anchor, Candidate } from "../core/candidate.ts";
import type { FixEvidence, Judged, LineRange } from "../core/evidence.ts";
import { foldQuote, foldSpace, splitLines } from "../core/fold-space.ts";
import { declaredIn, lostLine } from "../core/lost-code.ts";
import { rangeOf } from "../core/range-of.ts";
import { truncateText } from "../core/truncate.ts";
import type { ChangeTrees, FileContent, Syntax } from "./ports.ts";

export interface CheckFixDeps {
  readonly trees: Pick<ChangeTrees, "read">;
  readonly syntax: Pick<Syntax, "parseErrors" | "outline" | "identifierLines">;
}

/** Tries every replacement that still stands on the head's text, and writes what came of it into the evidence. */
export const checkFixes = async (
  deps: CheckFixDeps,
  judged: readonly Judged[],
  signal: AbortSignal,
): Promise<readonly Judged[]> => {
  const checked: Judged[] = [];
  for (const one of judged) {
    const fix = one.standing === "dropped" ? one.evidence.fix : await checkFix(deps, one, signal);
    checked.push({ ...one, evidence: { ...one.evidence, fix } });
  }
  return checked;
};

const checkFix = async (deps: CheckFixDeps, judged: Judged, signal: AbortSignal): Promise<FixEvidence> => {
  const { replacement, path } = judged.candidate;
  if (replacement === null) return { state: "none" };
  const range = rangeOf(judged);
  const misplaced = placeFault(range, judged.evidence.anchor);
  if (range === null || misplaced !== null) return broken(misplaced ?? "its place is not known");
  const head = readableText(await deps.trees.read("head", range.path, signal));
  if ("unreadable" in head) return broken(head.unreadable);
  const trial = { path, text: head.text, range, replacement, candidate: judged.candidate };
  const fault = textFault(trial);
  if (fault !== null) return broken(fault);
  const after = applyReplacement(head.text, { ...range, text: replacement });
  const parsed = await parseBoth(deps.syntax, { ...trial, after });
  if (parsed.state !== "fits") return parsed;
  const orphan = await orphanedName(deps.syntax, { ...trial, after });
  return orphan === null ? parsed : broken(`it takes \`${orphan}\` away, which the code below still uses`);
};

/** A suggestion replaces exactly the lines under its comment, and only those of the head. */
const placeFault = (range: LineRange | null, anchor: Anchor | null): string | null => {
  if (range === null) return "its place is not known";
  if (range.side === "LEFT") return "it stands on removed lines";
  if (anchor === null) return "its lines take no comment";
  const sameLines = (anchor.startLine ?? anchor.line) === range.startLine && anchor.line === range.endLine;
  return sameLines ? null : "the comment cannot stand on all of its lines";
};

const readableText = (content: FileContent): { readonly text: string } | { readonly unreadable: string } => {
  if (content.kind !== "text") return { unreadable: "the file is no text" };
  if (content.truncated) return { unreadable: "the file is too large to try it" };
  return content.lossy ? { unreadable: "the file is not UTF-8" } : { text: content.text };
};

interface Trial {
  readonly path: string;
  readonly text: string;
  readonly range: LineRange;
  readonly replacement: string;
  readonly candidate: Candidate;
}

const textFault = ({ text, range, replacement, candidate }: Trial): string | null => {
  const old = splitLines(text).slice(range.startLine - 1, range.endLine);
  const replaced = splitLines(replacement);
  if (old.length < range.endLine - range.startLine + 1) return "the file has no such lines";
  if (foldAll(old) === foldAll(replaced)) return "it changes white space at most";
  if (replaced.length > 0 && losesRest(old, replaced, candidate.quote))
    return "it would take the rest of the line away";
  if (replaced.length > 0 && indentOf(old) !== indentOf(replaced))
    return "its indentation is not that of the lines it replaces";
  if (mixesIndentation(splitLines(text), replaced)) return "it is indented by other characters than the file";
  if (/\r(?!\n|$)/u.test(replacement)) return "it holds a carriage return within a line";
  const lost = lostLine({ old, replaced, claim: `${candidate.title}\n${candidate.body}\n${candidate.trigger ?? ""}` });
  return lost === null ? null : `it drops \`${truncateText(lost, 100)}\`, of which the finding does not speak`;
};

/** The first character decides: blanks behind tabs align, and some files have both. */
const mixesIndentation = (file: readonly string[], replaced: readonly string[]): boolean => {
  const used = new Set(file.flatMap((line) => /^[ \t](?=.*\S)/u.exec(line) ?? []));
  return used.size === 1 && replaced.some((line) => /^[ \t]/u.test(line) && !used.has(line.slice(0, 1)));
};

const foldAll = (lines: readonly string[]): string => lines.map(foldSpace).join("\n");

const indentOf = (lines: readonly string[]): string | undefined =>
  lines.find((line) => line.trim() !== "")?.match(/^[ \t]*/)?.[0];

/** A quote may be part of its lines; then the replacement, which takes the whole lines, must hold the rest of them. */
const losesRest = (old: readonly string[], replaced: readonly string[], quote: string): boolean => {
  const oldText = foldAll(old);
  const quoted = foldQuote(quote).join("\n");
  const start = oldText.indexOf(quoted);
  if (start === -1) return false;
  const newText = foldAll(replaced);
  return !newText.startsWith(oldText.slice(0, start)) || !newText.endsWith(oldText.slice(start + quoted.length));
};

interface AppliedTrial extends Trial {
  readonly after: string;
}

const parseBoth = async (syntax: CheckFixDeps["syntax"], trial: AppliedTrial): Promise<FixEvidence> => {
  const before = await syntax.parseErrors(trial.path, trial.text);
  const after = await syntax.parseErrors(trial.path, trial.after);
  if (before === null || after === null)
    return isBalanced(trial)
      ? { state: "fits", parsed: false }
      : broken("it opens or closes other brackets than before");
  return after.length > before.length
    ? broken(`the file no longer parses (line ${after[0] ?? 1})`)
    : { state: "fits", parsed: true };
};

/**
 * A name that the replaced lines bind, the replacement does not hold, and the code in its scope still uses. Null where
 * there is none, or no grammar.
 */
const orphanedName = async (syntax: CheckFixDeps["syntax"], trial: AppliedTrial): Promise<string | null> => {
  const { path, text, range, replacement, after } = trial;
  const rows = splitLines(text);
  const kept = new Set(replacement.match(/[\p{L}\p{N}_$]+/gu));
  const gone = declaredIn(rows.slice(range.startLine - 1, range.endLine)).filter((name) => !kept.has(name));
  const outline = gone.length === 0 ? null : await syntax.outline(path, text);
  if (outline === null) return null;
  const around = outline.findLast(({ startLine, endLine }) => startLine < range.startLine && range.endLine <= endLine);
  const bounds = { startLine: around?.startLine ?? 1, endLine: around?.endLine ?? rows.length };
  const scope = bindsWholeFunctions(path) ? bounds : blockAround(rows, range, bounds);
  const end = scope.endLine + splitLines(after).length - rows.length;
  for (const name of gone) {
    const lines = (await syntax.identifierLines(path, after, name)) ?? [];
    if (lines.some((line) => line >= scope.startLine && line <= end)) return name;
  }
  return null;
};

type Lines = Pick<LineRange, "startLine" | "endLine">;

/** In Python and Ruby a name lives to the end of its function, elsewhere to that of its block. */
const bindsWholeFunctions = (path: string): boolean => /\.(?:pyi?|rb)$/u.test(path);

/** The rest of the block, which ends where a line is indented less; at the top level everything. */
const blockAround = (rows: readonly string[], range: LineRange, bounds: Lines): Lines => {
  const depth = indentOf(rows.slice(range.startLine - 1, range.endLine))?.length ?? 0;
  if (depth === 0) return bounds;
  const leaves = (row: string): boolean => row.trim() !== "" && (indentOf([row])?.length ?? 0) < depth;
  const left = rows.findIndex((row, index) => index >= range.endLine && index < bounds.endLine && leaves(row));
  return { startLine: range.startLine, endLine: left === -1 ? bounds.endLine : left };
};

/** Where no grammar can tell, the brackets have to come out as before. */
const isBalanced = ({ text, range, replacement }: Trial): boolean => {
  const old = splitLines(text)
    .slice(range.startLine - 1, range.endLine)
    .join("\n");
  return ["()", "[]", "{}"].every((pair) => excess(old, pair) === excess(replacement, pair));
};

const excess = (text: string, [open, close]: string): number =>
  text.split(open ?? "").length - text.split(close ?? "").length;

const broken = (reason: string): FixEvidence => ({ state: "broken", reason });
