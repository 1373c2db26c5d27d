import { applyReplacement } from "../core/apply-replacement.ts";
import type { Anchor } from "../core/candidate.ts";
import type { FixEvidence, Judged, LineRange } from "../core/evidence.ts";
import { foldQuote, foldSpace, splitLines } from "../core/fold-space.ts";
import { rangeOf } from "../core/range-of.ts";
import type { ChangeTrees, FileContent, Syntax } from "./ports.ts";

export interface CheckFixDeps {
  readonly trees: Pick<ChangeTrees, "read">;
  readonly syntax: Pick<Syntax, "parseErrors">;
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
  const fault = textFault({ text: head.text, range, replacement, quote: judged.candidate.quote });
  if (fault !== null) return broken(fault);
  const after = applyReplacement(head.text, { ...range, text: replacement });
  return parseBoth(deps.syntax, {
    path,
    before: head.text,
    after,
    balanced: isBalanced(head.text, range, replacement),
  });
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
  readonly text: string;
  readonly range: LineRange;
  readonly replacement: string;
  readonly quote: string;
}

const textFault = ({ text, range, replacement, quote }: Trial): string | null => {
  const old = splitLines(text).slice(range.startLine - 1, range.endLine);
  const replaced = splitLines(replacement);
  if (old.length < range.endLine - range.startLine + 1) return "the file has no such lines";
  if (foldAll(old) === foldAll(replaced)) return "it changes white space at most";
  if (replaced.length === 0) return null;
  if (losesRest(old, replaced, quote)) return "it would take the rest of the line away";
  return indentOf(old) === indentOf(replaced) ? null : "its indentation is not that of the lines it replaces";
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

const parseBoth = async (
  syntax: CheckFixDeps["syntax"],
  trial: { readonly path: string; readonly before: string; readonly after: string; readonly balanced: boolean },
): Promise<FixEvidence> => {
  const before = await syntax.parseErrors(trial.path, trial.before);
  const after = await syntax.parseErrors(trial.path, trial.after);
  if (before === null || after === null)
    return trial.balanced ? { state: "fits", parsed: false } : broken("it opens or closes other brackets than before");
  return after.length > before.length
    ? broken(`the file no longer parses (line ${after[0] ?? 1})`)
    : { state: "fits", parsed: true };
};

/** Where no grammar can tell, the brackets have to come out as before. */
const isBalanced = (text: string, range: LineRange, replacement: string): boolean => {
  const old = splitLines(text)
    .slice(range.startLine - 1, range.endLine)
    .join("\n");
  return ["()", "[]", "{}"].every((pair) => excess(old, pair) === excess(replacement, pair));
};

const excess = (text: string, [open, close]: string): number =>
  text.split(open ?? "").length - text.split(close ?? "").length;

const broken = (reason: string): FixEvidence => ({ state: "broken", reason });
